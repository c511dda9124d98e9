// What a published page comes down to: at most one change a path, and no file that is a folder to another one. Pure;
// knows nothing of what is listed already.
import type { Publish, PublishedFile } from '@ferry/shared';

export interface PageChanges {
  /** Paths of files that go. */
  removes: string[];
  puts: PublishedFile[];
}

/**
 * Removals come first, so that what is removed and put stays. Of two files that cannot both be there, because one's
 * path is a folder to the other one's, the later one counts.
 */
export function pageChanges({ put, remove }: Pick<Publish, 'put' | 'remove'>): PageChanges {
  const files = new Set<string>();
  const folders = new Set<string>();
  const puts = put.toReversed().filter(([path]) => {
    const above = foldersAbove(path);
    if (files.has(path) || folders.has(path) || above.some((folder) => files.has(folder))) return false;
    files.add(path);
    for (const folder of above) folders.add(folder);
    return true;
  });
  // What is below a path that is a file now goes with the folder that it was.
  const isKept = (path: string) => files.has(path) || foldersAbove(path).some((folder) => files.has(folder));
  return { removes: [...new Set(remove)].filter((path) => !isKept(path)), puts: puts.reverse() };
}

/** The share itself is the empty path, which is not among them. */
function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    folders.push(path.slice(0, slash));
  }
  return folders;
}

/** Of the top of a share: the share, an empty path. */
export function parentPathOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
