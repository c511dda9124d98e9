// Files of a share in blocks, each a stretch of the order of paths: finding in one, changing one, dividing one that has
// grown. Pure; the order is that of IndexedDB's keys, by UTF-16 units.
import type { BlockFile, BlockRecord } from './catalog-database.ts';

/** Some 50 KiB: small enough to write again when one file of it changes. */
const FILES_AT_MOST = 512;
const FILES_WHEN_DIVIDED = 256;

/** Where a path is, or would be. */
function placeOf(files: readonly BlockFile[], path: string): number {
  let low = 0;
  let high = files.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (files[middle]![0] < path) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function fileIn(files: readonly BlockFile[], path: string): BlockFile | undefined {
  const file = files[placeOf(files, path)];
  return file?.[0] === path ? file : undefined;
}

/** Those files whose paths are in between, the ends excluded; without an end, to the last one. */
export function filesBetween(files: readonly BlockFile[], after: string, before: string | undefined): BlockFile[] {
  return files.filter(([path]) => path > after && (before === undefined || path < before));
}

/**
 * A block with other files in it, as blocks.
 * @param changes what is at a path from now on; undefined: nothing
 * @returns none when nothing is left
 */
export function changedBlock(block: BlockRecord, changes: ReadonlyMap<string, BlockFile | undefined>): BlockRecord[] {
  const kept = block.files.filter(([path]) => !changes.has(path));
  const put = [...changes.values()].filter((file) => file !== undefined);
  const files = put.length === 0 ? kept : [...kept, ...put].sort(([a], [b]) => (a < b ? -1 : 1));
  if (files.length === 0) return [];
  if (files.length <= FILES_AT_MOST) return [{ ...block, files }];
  const parts: BlockRecord[] = [];
  for (let at = 0; at < files.length; at += FILES_WHEN_DIVIDED) {
    const part = files.slice(at, at + FILES_WHEN_DIVIDED);
    parts.push({ shareId: block.shareId, first: at === 0 ? block.first : part[0]![0], files: part });
  }
  return parts;
}
