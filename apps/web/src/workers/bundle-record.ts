// The shapes of what this browser remembers of transfers; knows no database.
import type { BundleSummary, Manifest, Run } from '@ferry/webrtc-core';
import type { EntrySnapshot, SourceHandle } from '../adapters/engine-contract.ts';
import type { CatalogOrigin } from './catalog/download-record.ts';

/** What is fetched from the Store. */
export interface StoredOrigin {
  versionId: string;
  /** A `delivery` was left there for this user. */
  kind: 'file' | 'delivery';
  /** Of a delivery the version's key, raw, as base64url; null for what is for everybody: the server tells it then. */
  key: string | null;
}

export interface TransferRecord {
  transferId: string;
  peer: { userId: string; username: string };
  summary: BundleSummary;
  createdAt: number;
  /** Place in the queue. */
  order: number;
  isPaused: boolean;
}

/** A bundle that was accepted here. */
export interface BundleRecord extends TransferRecord {
  peerDeviceId: string;
  /** Null for what somebody sent. */
  catalog: CatalogOrigin | null;
  /** Null for what is not from the Store. */
  store: StoredOrigin | null;
  /** Entries of the chosen ones that the user went on without. */
  leftOut: readonly number[];
  chosenRuns: Run[];
  /** Where chunks are kept that had no room in this browser. */
  folder: FileSystemDirectoryHandle | null;
  /** Null while it is not finished: it goes on at the next start. */
  endedAt: number | null;
  /** One root over the content ids of all files; for a bundle that both sides agree on. */
  root: Uint8Array | null;
  /** Verified bytes that are kept; as of the end, or of the last start. */
  heldBytes: number;
  chosenBytes: number;
  /** Files that both sides agree on, and their bytes; counted when it ended. */
  verifiedCount: number;
  verifiedBytes: number;
}

/** Apart from the record, because it can be long and the list of bundles does not need it. */
export interface BundleEntries {
  transferId: string;
  /** As announced: the engine goes on with it. */
  chosen: Manifest;
  /** As shown and saved. */
  entries: EntrySnapshot[];
  /** Of what comes from the Store every file that was there to choose from: they are one stream. */
  all?: Manifest;
}

/** A bundle that was announced from here. */
export interface SendRecord extends TransferRecord {
  handles: SourceHandle[];
  /** Devices that were asked. */
  announcedTo: readonly string[];
  accepted: { peerId: string; chosenRuns: readonly Run[] } | null;
  /** Once it has ended, what a receiver that missed it must be told. */
  outcome: { endedAt: number; delivered: { entryCount: number; root: Uint8Array } | null } | null;
}

/** A bundle that was refused here: should its sender have missed that, nobody is asked again. */
export interface RefusalRecord {
  transferId: string;
  peerDeviceId: string;
  status: 'declined' | 'cancelled';
  endedAt: number;
}

/** Records of earlier versions lack some of these. */
export const BEFORE_VERSION_3 = {
  order: 0,
  isPaused: false,
  folder: null,
  root: null,
  heldBytes: 0,
  chosenBytes: 0,
  catalog: null,
  store: null,
  leftOut: [],
} as const satisfies Partial<BundleRecord>;
