// What the page may ask of saving. Knows nothing of how bytes got into this browser.

/** What to do when the folder already has a file of that name. */
export type ConflictPolicy = 'rename' | 'skip' | 'overwrite';

export interface SaveTarget {
  /** `download`: the browser's own download. `folder`: a folder picked once (Chromium). */
  kind: 'download' | 'folder';
  /** The picked folder's name, for show. */
  folderName?: string;
  conflictPolicy: ConflictPolicy;
}

export interface SaveProgress {
  savedBytes: number;
  totalBytes: number;
  savedFiles: number;
  totalFiles: number;
}

export type SaveOutcome = { saved: number; skipped: number };

export interface Saver {
  /** Chromium only; elsewhere every save is a download. */
  readonly canPickFolder: boolean;
  target(): Promise<SaveTarget>;
  /** Must be called from a click. Resolves with the new target, or the old one when the user closed the picker. */
  pickFolder(): Promise<SaveTarget>;
  useDownloads(): Promise<SaveTarget>;
  setConflictPolicy(policy: ConflictPolicy): Promise<SaveTarget>;
  /** Must be called from a click: the folder's permission may have lapsed. */
  saveEntry(
    transferId: string,
    entryIndex: number,
    onProgress?: (progress: SaveProgress) => void,
  ): Promise<SaveOutcome>;
  /** All verified files of a bundle: a tree in the picked folder, or one zip download. */
  saveBundle(transferId: string, onProgress?: (progress: SaveProgress) => void): Promise<SaveOutcome>;
}
