// What somebody brings to be sent, however they bring it: files, and folders that are still to be read. A handle is how
// the browser opens it again after a reload; what is pasted has none, and in most browsers nothing has.
import type { FolderReading, ReadOptions } from './read-folder.ts';

export type PendingHandle = Promise<FileSystemHandle | null>;

export interface BroughtFile {
  file: File;
  /** Never rejects: what cannot be had is null. */
  handle?: PendingHandle;
}

export interface BroughtFolder {
  name: string;
  read: (options: ReadOptions) => Promise<FolderReading>;
  handle?: PendingHandle;
}

export interface Brought {
  files: BroughtFile[];
  folders: BroughtFolder[];
}

/** Files of a file input: nothing but themselves. */
export function broughtFiles(files: Iterable<File>): Brought {
  return { files: [...files].map((file) => ({ file })), folders: [] };
}

export function isNothing({ files, folders }: Brought): boolean {
  return files.length + folders.length === 0;
}
