// What the page may ask of the engine about the Store, and what it is told, as plain data: everything here crosses
// postMessage. What is kept there and how safe it is are questions to the server, not to the engine.
import type { OutgoingFile, SendRequest, SourceHandle } from './picked-files-contract.ts';

/** The room that this browser gives to others, and what is in it. */
export interface SpaceSnapshot {
  /** `unasked`: nobody has said yes or no; nothing is kept until somebody has said yes. */
  consent: 'unasked' | 'given' | 'refused';
  /** 0 unless consent is given. */
  offeredBytes: number;
  /** By pieces of others. */
  usedBytes: number;
  /** What to offer when asked: a small part of the estimate, and never very much. */
  suggestedBytes: number;
  /** What the browser would give Ferry in all. */
  estimateBytes: number;
  /** The browser has promised not to delete it by itself. */
  isPersistent: boolean;
  columnCount: number;
  /** By version, the largest first; names are the server's to tell, and only of those that are listed. */
  keptFor: { versionId: string; bytes: number }[];
  /** Given to others since this page was opened. */
  servedBytes: number;
}

export type UploadStatus =
  /** Nobody who could keep it is online. */
  | 'waiting-for-people'
  /** Its pieces are on their way to those who keep them. */
  | 'spreading'
  /** Enough people keep it. This device helps on while it is here. */
  | 'safe'
  | 'paused'
  /** The file must be chosen again: `supplyFile`. */
  | 'files-needed'
  /** The browser must be asked once more before it opens the file: `unlock`, from a click. */
  | 'files-locked'
  /** It has ended without being safe; `problem` says why. */
  | 'failed';

export type UploadProblemCode =
  /** The file was edited, deleted or renamed on this disk. */
  | 'source-changed'
  /** What was chosen again is not what was added; `fileName` is one that differs or is missing. */
  | 'files-differ'
  /** The rest of my share of the Store is smaller: see `neededBytes` and `freeBytes`. */
  | 'quota-full'
  /** The Store takes no more than `freeBytes` in one piece now. */
  | 'too-large'
  /** It was deleted, or has expired. */
  | 'version-gone'
  /** The server named another code than before: what has gone out would be encrypted a second time. */
  | 'code-changed'
  /** None of the recipient's browsers is known, so nothing can be locked for them. */
  | 'recipient-unknown'
  /** The server would not have it, for none of these reasons. */
  | 'refused';

export interface UploadProblem {
  code: UploadProblemCode;
  fileName?: string;
  neededBytes?: number;
  freeBytes?: number;
}

/** What this device stores or delivers, until it is forgotten. Replaced as a whole. */
export interface StoreUpload {
  versionId: string;
  /** The file's name; of a delivery as of a transfer. */
  title: string;
  /** Top-level items: `title` names the first. Always 1 of a `file`. */
  itemCount: number;
  fileCount: number;
  sizeBytes: number;
  createdAt: number;
  kind: 'file' | 'delivery';
  /** Of a delivery. */
  to: { userId: string; username: string } | null;
  status: UploadStatus;
  problem?: UploadProblem;
  /** From 0 to 1: what is kept of what makes it safe. */
  spread: number;
  /** People who keep pieces of it, and how many more it takes to make it safe. */
  ownerCount: number;
  missingOwners: number;
  /** So many people keep it that this page may be closed. Once true, it stays so whatever the status. */
  isSafeToClose: boolean;
  bytesPerSecond: number;
  secondsLeft: number | null;
}

export interface StoreSnapshot {
  space: SpaceSnapshot;
  /** In the order in which they were begun. */
  uploads: StoreUpload[];
}

export interface StoreRequest {
  /** Each is stored by itself. */
  files: OutgoingFile[];
  /** Of those files that have one; the others must be chosen again after a reload. */
  handles: SourceHandle[];
  /** Milliseconds since the epoch; null: kept until it is deleted. */
  expiresAt: number | null;
}

export interface StoreDownloadRequest {
  versionId: string;
  name: string;
  sizeBytes: number;
  mediaType: string;
  modifiedMs: number;
  owner: { userId: string; username: string };
}

/** What every tab may ask about the Store. */
export interface StoreCommands {
  /** Stores files; resolves with a version id for each as soon as they are remembered. */
  add(request: StoreRequest): Promise<string[]>;
  /** What the browser must be asked to open again, for `requestPermission` in the page. */
  lockedHandles(versionId: string): Promise<FileSystemHandle[]>;
  /** The browser was asked: look again. */
  unlock(versionId: string): Promise<void>;
  /** Chosen again: it goes on with these, if they are the same; else its problem says which differs. */
  supplyFile(versionId: string, files: OutgoingFile[], handles: SourceHandle[]): Promise<void>;
  pauseUpload(versionId: string): Promise<void>;
  resumeUpload(versionId: string): Promise<void>;
  /**
   * Takes it out of the list, and lets go of the files. What is not safe by then spreads no further from here; only the
   * server's `remove` deletes it.
   */
  forgetUpload(versionId: string): Promise<void>;
  /**
   * Fetches a version, now or as soon as enough of it is online; resolves with the transfer's id at once. Asked again for
   * what is under way already, it resolves with that one's id.
   */
  download(request: StoreDownloadRequest): Promise<string>;
  /** Leaves something with colleagues for somebody who is not here now; resolves with the version id at once. */
  deliver(request: SendRequest & { expiresAt: number | null }): Promise<string>;
  /**
   * Room for others from now on; consent with it. 0 is a no: what is kept is moved elsewhere as the server decides, not
   * deleted at once.
   */
  setSpace(offeredBytes: number): Promise<void>;
  /** Deletes everything that is kept here for others, and offers nothing any more. */
  wipeSpace(): Promise<void>;
}

const NAMES: Record<keyof StoreCommands, true> = {
  add: true,
  lockedHandles: true,
  unlock: true,
  supplyFile: true,
  pauseUpload: true,
  resumeUpload: true,
  forgetUpload: true,
  download: true,
  deliver: true,
  setSpace: true,
  wipeSpace: true,
};

/** Every command by name, for whoever passes them on. */
export const STORE_COMMANDS = Object.keys(NAMES) as (keyof StoreCommands)[];

/** Others have commands of the same names: on the way to the engine these have their own. */
export type StoreFunctions = { [Name in keyof StoreCommands as `store.${Name}`]: StoreCommands[Name] };

/** Until the engine has told its own. */
export const DEFAULT_STORE: StoreSnapshot = {
  space: {
    consent: 'unasked',
    offeredBytes: 0,
    usedBytes: 0,
    suggestedBytes: 0,
    estimateBytes: 0,
    isPersistent: false,
    columnCount: 0,
    keptFor: [],
    servedBytes: 0,
  },
  uploads: [],
};
