// Files that somebody picked, as they cross postMessage: to be sent, shared or stored. Types only.

export interface OutgoingFile {
  /** Path segments relative to what was picked; one segment for a plain file. */
  path: string[];
  file: File;
}

/** A file or folder that the browser can open again after a reload (Chromium). */
export interface SourceHandle {
  /** The first path segment of the files that come from it. */
  name: string;
  handle: FileSystemHandle;
}

export interface SendRequest {
  toUserId: string;
  title: string;
  itemCount: number;
  files: OutgoingFile[];
  /** Of those items that have one; the others must be chosen again after a reload. */
  handles: SourceHandle[];
}
