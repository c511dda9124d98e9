// What a bundle must keep to before it is announced: a receiver would refuse more and drop its sender. Pure.
import { chunkCount } from '../content/chunk.ts';
import type { Manifest } from '../content/manifest.ts';
import { ContentError } from '../errors.ts';
import { WIRE_LIMITS } from '../wire/limits.ts';

/** @throws ContentError `manifest-invalid` */
export function checkSendable({ entries }: Manifest): void {
  const { maxEntries, maxPathSegments, maxChunks } = WIRE_LIMITS;
  if (entries.length === 0) throw ContentError.manifestInvalid('nothing to send');
  if (entries.length > maxEntries) throw ContentError.manifestInvalid(`more than ${maxEntries} files`);
  let chunks = 0;
  for (const { path, sizeBytes } of entries) {
    if (path.length > maxPathSegments) throw ContentError.manifestInvalid(`folders deeper than ${maxPathSegments}`);
    chunks += chunkCount(sizeBytes);
  }
  if (chunks > maxChunks) throw ContentError.manifestInvalid(`more than ${maxChunks} chunks`);
}
