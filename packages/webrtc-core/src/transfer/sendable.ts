// What a bundle must keep to before it is announced: a receiver would refuse more and drop its sender. Pure.
import { chunkCount } from '../content/chunk.ts';
import { type BundleSummary, type Manifest, totalBytes } from '../content/manifest.ts';
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

/** What is announced of it. @throws ContentError `manifest-invalid` */
export function sendableSummary(manifest: Manifest, about: Pick<BundleSummary, 'title' | 'itemCount'>): BundleSummary {
  checkSendable(manifest);
  return { ...about, entryCount: manifest.entries.length, totalBytes: totalBytes(manifest) };
}
