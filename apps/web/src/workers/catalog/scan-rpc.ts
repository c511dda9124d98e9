// What the engine's worker and the one that scans call on each other, as plain data. Types only; every call is an event
// that nobody answers, but for a file.
import type { ShareKind } from '@ferry/shared';
import type { ScanRules } from '../../adapters/catalog-contract.ts';
import type { SourceHandle } from '../../adapters/engine-contract.ts';
import type { FoundFile } from './entry-change.ts';

export interface WalkRequest {
  shareId: string;
  kind: ShareKind;
  handles: SourceHandle[];
  /** The files instead of handles, where they live for the session. */
  files: FoundFile[] | null;
  rules: ScanRules;
  excludedPaths: string[];
  /** Only these files and folders, and what is below them; null: everything. */
  paths: string[] | null;
}

export type WalkOutcome =
  | { status: 'done'; skippedCount: number }
  | { status: 'cancelled' }
  /** The browser must be asked again. */
  | { status: 'locked' }
  /** The folder is gone or cannot be read. */
  | { status: 'unreadable' };

/** A share whose files can be opened. */
export interface HashSource {
  shareId: string;
  kind: ShareKind;
  /** Null: its files are asked of the engine's worker. */
  handles: SourceHandle[] | null;
}

export interface ScanFunctions {
  /** First call: whose shares these are. */
  open(userId: string): void;
  /** Walks come one after the other, in the order they are asked for. */
  walk(request: WalkRequest): void;
  /** Ends the walk of a share, or takes it out of the queue. */
  cancelWalk(shareId: string): void;
  /** From now on the files of exactly these shares are hashed, and their folders watched. */
  setSources(sources: HashSource[]): void;
  /** Transfers move: nothing is hashed. */
  setBusy(isBusy: boolean): void;
}

export interface ScanListener {
  /** A page of its files is different now. */
  listed(shareId: string): void;
  /** @param isWhole not only some places of it */
  walked(shareId: string, outcome: WalkOutcome, isWhole: boolean): void;
  /** Content ids of some of its files are known now. */
  hashed(shareId: string): void;
  /** Files or folders of it may be different; null: somewhere. */
  touched(shareId: string, paths: string[] | null): void;
  /** A file that lives for the session. */
  sessionFile(shareId: string, path: string): Promise<File | null>;
}
