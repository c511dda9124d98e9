// Cuts a manifest into pages that fit a message. Pure.
import type { Manifest, ManifestEntry } from '../content/manifest.ts';

/** Well below the bound of a control message, so that other messages get their turn between pages. */
const PAGE_BYTES = 48 * 1024;

/** The entries from `firstEntry` on that fit one message; empty behind the end. */
export function manifestPage(manifest: Manifest, firstEntry: number): ManifestEntry[] {
  const page: ManifestEntry[] = [];
  let bytes = 0;
  for (let index = firstEntry; index < manifest.entries.length; index++) {
    const entry = manifest.entries[index]!;
    bytes += entryBytesAtMost(entry);
    if (page.length > 0 && bytes > PAGE_BYTES) break;
    page.push(entry);
  }
  return page;
}

/** Three bytes of UTF-8 a UTF-16 unit, and the numbers. */
function entryBytesAtMost(entry: ManifestEntry): number {
  const textUnits = entry.path.reduce((sum, segment) => sum + segment.length + 1, entry.mediaType.length);
  return textUnits * 3 + 24 + (entry.contentId?.length ?? 0);
}
