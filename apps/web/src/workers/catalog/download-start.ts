// What is fetched of a manifest that a source has told for a place of the catalog. Pure.
import type { ContentId } from '@ferry/shared';
import type { Manifest } from '@ferry/webrtc-core';
import { contentIdText } from './content-id-text.ts';
import type { CatalogOrigin } from './download-record.ts';

export type DownloadStart =
  | { type: 'fetch'; entryIndexes: number[] }
  /** Somebody else than its owner told something else than what was asked for. */
  | { type: 'other-content' }
  /** Nothing of what was asked for is in it. */
  | { type: 'nothing' };

export function startOf(
  manifest: Manifest,
  { contentId, onlyPaths }: Pick<CatalogOrigin, 'contentId' | 'onlyPaths'>,
  { isOwnersWord }: { isOwnersWord: boolean },
): DownloadStart {
  if (!isOwnersWord && isOtherContent(manifest, contentId)) return { type: 'other-content' };
  const entryIndexes = onlyPaths ? entriesOf(manifest, onlyPaths) : [...manifest.entries.keys()];
  return entryIndexes.length > 0 ? { type: 'fetch', entryIndexes } : { type: 'nothing' };
}

/** Indexes of those files of a manifest. */
function entriesOf(manifest: Manifest, paths: readonly (readonly string[])[]): number[] {
  const wanted = new Set(paths.map((path) => path.join('/')));
  return [...manifest.entries.keys()].filter((index) => wanted.has(manifest.entries[index]!.path.join('/')));
}

/** Whether it is not just the one file of this content. */
function isOtherContent({ entries }: Manifest, contentId: ContentId | null): boolean {
  const [only] = entries;
  if (contentId === null) return false;
  return entries.length !== 1 || !only?.contentId || contentIdText(only.contentId) !== contentId;
}
