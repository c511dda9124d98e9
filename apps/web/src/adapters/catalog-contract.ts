// What the page may ask of the engine about sharing and about fetching from the catalog, and what it is told, as plain
// data: everything here crosses postMessage. Searching and browsing are questions to the server, not to the engine.
import type { Audience, CatalogPlace, ContentId, ShareKind } from '@ferry/shared';
import type { OutgoingFile, SourceHandle } from './picked-files-contract.ts';

/** What of a folder is left out. */
export interface ScanRules {
  /** Files and folders whose names begin with a dot, and those that systems make for themselves. */
  includesHidden: boolean;
  /** A pattern a line, as in .gitignore. */
  ignore: string[];
}

export interface ShareRequest {
  /** The folder's name; of files the first one's. */
  title: string;
  kind: ShareKind;
  /**
   * What the browser can open again after a reload (Chromium): one folder, or a handle for each of the files. Empty
   * where it cannot.
   */
  handles: SourceHandle[];
  /**
   * The files, where there are no handles: they live for the session. Paths begin with the folder's name for a
   * `folder`, and are the file's name alone for `files`.
   */
  files: OutgoingFile[];
  audience: Audience;
  rules: ScanRules;
}

export type ShareStatus =
  /** Its folder is being walked; what is found is listed meanwhile. */
  | 'scanning'
  /** Found, and on its way to the server. */
  | 'publishing'
  /** Everybody it is for can find it. Content may still be being verified: `verifiedCount`. */
  | 'listed'
  /** The browser must be asked once more before it opens the folder: `unlockShare`, from a click. */
  | 'locked'
  /** The files lived for a session that is over: they must be chosen again, `reconnectShare`. */
  | 'disconnected'
  /** It is not complete in the catalog; `problem` says why. */
  | 'failed';

export type ShareProblem =
  /** More files than one person may list. */
  | 'too-many'
  /** The folder is gone, or cannot be read. */
  | 'unreadable'
  /** The server cannot be reached, or refused: it is tried again by itself. */
  | 'server';

export interface ShareSnapshot {
  shareId: string;
  title: string;
  kind: ShareKind;
  audience: Audience;
  rules: ScanRules;
  createdAt: number;
  status: ShareStatus;
  problem?: ShareProblem;
  /** Files found, by the last or the present walk. */
  foundCount: number;
  /** Of those, the ones that the server lists. */
  publishedCount: number;
  /** Of those, the ones whose content id is known. */
  verifiedCount: number;
  totalBytes: number;
  /** Files and folders that cannot be listed: they could not be read, or their names cannot be shown. */
  skippedCount: number;
  /** When the last walk ended; null before the first one has. */
  scannedAt: number | null;
  /** A reload does it no harm. */
  survivesReload: boolean;
}

/** Something that was shared from here until it was stopped from another device of the same person. */
export interface EndedShare {
  shareId: string;
  title: string;
  kind: ShareKind;
  endedAt: number;
}

export interface ServingSettings {
  /** Nobody is served; whoever asks waits. */
  isPaused: boolean;
  /** Bytes a second over everything that is served from the catalog; null is no limit. */
  bytesPerSecond: number | null;
  /** How many people are served at once. */
  slots: number;
  /** What was downloaded from the catalog and is still kept here is served, too. */
  sharesDownloads: boolean;
}

/** Somebody has fetched something of mine. */
export interface ServedDownload {
  shareId: string;
  path: string;
  title: string;
  user: { userId: string; username: string };
  fileCount: number;
  sizeBytes: number;
  endedAt: number;
}

/** Who is being served now is among the transfers: those sent with origin `catalog`. */
export interface ServingSnapshot {
  settings: ServingSettings;
  /** Of each share how often something of it was fetched whole. */
  downloadCounts: Record<string, number>;
}

export interface DownloadRequest {
  place: CatalogPlace;
  /** Name of the file or folder. */
  title: string;
  /** As the catalog says; the owner's word comes when it answers. */
  fileCount: number;
  totalBytes: number;
  owner: { userId: string; username: string };
  /** Of one file, when it is verified. */
  contentId: ContentId | null;
}

/** Where content is that is here already. */
export type HeldContent =
  | { type: 'received'; transferId: string; entryIndex: number }
  | { type: 'shared'; shareId: string; path: string };

/** What every tab may ask about sharing and fetching. */
export interface CatalogCommands {
  /** Lists something; resolves with the share's id as soon as it is remembered. */
  share(request: ShareRequest): Promise<string>;
  changeShare(shareId: string, change: { audience?: Audience; rules?: ScanRules }): Promise<void>;
  /** Looks for what was added, changed or removed. */
  rescanShare(shareId: string): Promise<void>;
  /** What the browser must be asked to open again, for `requestPermission` in the page. */
  lockedShareHandles(shareId: string): Promise<FileSystemHandle[]>;
  /** The browser was asked: look again. */
  unlockShare(shareId: string): Promise<void>;
  /** The files of a share that lived for a session, chosen again. */
  reconnectShare(shareId: string, files: OutgoingFile[], handles: SourceHandle[]): Promise<void>;
  /** With a path, only that file or folder of it: it is ignored from then on. */
  stopSharing(shareId: string, path?: string): Promise<void>;
  stopSharingAll(): Promise<void>;
  /** That they were stopped from another device has been read. */
  forgetEndedShares(shareIds: string[]): Promise<void>;
  servedDownloads(): Promise<ServedDownload[]>;
  setServing(settings: ServingSettings): Promise<void>;
  /**
   * Fetches a file or folder of the catalog; resolves with the transfer's id at once. Asked again for what is under
   * way already, it resolves with that one's id.
   */
  download(request: DownloadRequest): Promise<string>;
  /** Some files changed at their owner's: fetch them as they are now, or end with what did not change. */
  answerChange(transferId: string, answer: 'fetch-new' | 'leave-out'): Promise<void>;
  /** For each content id where it is here, if it is. */
  findHeld(contentIds: ContentId[]): Promise<(HeldContent | null)[]>;
}

const NAMES: Record<keyof CatalogCommands, true> = {
  share: true,
  changeShare: true,
  rescanShare: true,
  lockedShareHandles: true,
  unlockShare: true,
  reconnectShare: true,
  stopSharing: true,
  stopSharingAll: true,
  forgetEndedShares: true,
  servedDownloads: true,
  setServing: true,
  download: true,
  answerChange: true,
  findHeld: true,
};

/** Every command by name, for whoever passes them on. */
export const CATALOG_COMMANDS = Object.keys(NAMES) as (keyof CatalogCommands)[];

/** Until the engine has told its own. */
export const DEFAULT_SERVING: ServingSettings = {
  isPaused: false,
  bytesPerSecond: null,
  slots: 3,
  sharesDownloads: true,
};
