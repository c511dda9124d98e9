// Files that somebody picked, as they cross postMessage: to be sent, or to be shared. Types only.

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
