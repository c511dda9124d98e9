// What this browser remembers of the Store, as tables of an IndexedDB database: columns kept for others, the keys of this
// device, what it gives, and what it uploads. Knows no bytes of columns and no server.
import type { BeginVersion, StoreCode } from '@ferry/shared';
import type { ColumnRecord, DeviceKeyPairs } from '@ferry/store-holder';
import type { Manifest } from '@ferry/webrtc-core';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { SourceHandle } from '../../adapters/picked-files-contract.ts';
import type { StoreUpload, UploadProblem } from '../../adapters/store-contract.ts';

/** The room that is given to others; none was spoken of where there is no such record. */
export interface SpaceRecord {
  isGiven: boolean;
  offeredBytes: number;
}

/** A version that is uploaded from here. */
export interface UploadRecord
  extends Pick<
    StoreUpload,
    'versionId' | 'title' | 'itemCount' | 'fileCount' | 'sizeBytes' | 'createdAt' | 'kind' | 'to'
  > {
  expiresAt: number | null;
  /** Encrypts this version and no other. */
  key: CryptoKey;
  handles: SourceHandle[];
  /** The server has all it must know before others can keep anything. */
  isBegun: boolean;
  /** Never another `k` once there is one. */
  code: StoreCode | null;
  isPaused: boolean;
  /** Since when enough people keep it. */
  safeAt: number | null;
  /** Why it has ended. */
  failure: UploadProblem | null;
}

/** Apart from the record, because it can be long and never changes. */
export interface UploadContent {
  versionId: string;
  /** The files that the version is, end to end. */
  manifest: Manifest;
  /** As the server is told of it. */
  content: BeginVersion['content'];
  /** Of a delivery: told after it has begun. */
  sealedPages: readonly string[];
}

/** Of chunks that follow each other, end to end: what was encrypted once must be found again. */
export interface ChunkTagsRecord {
  versionId: string;
  firstChunk: number;
  tags: Uint8Array<ArrayBuffer>;
}

/** A column that somebody was given all of. */
export interface GivenColumn {
  versionId: string;
  group: number;
  index: number;
  /** Of its chunks, end to end. */
  hashes: Uint8Array<ArrayBuffer>;
  /** The server knows what it contains. */
  isConfirmed: boolean;
}

export interface StoreSchema extends DBSchema {
  columns: { key: [versionId: string, group: number, index: number]; value: ColumnRecord };
  keys: { key: 'device'; value: DeviceKeyPairs };
  settings: { key: 'space'; value: SpaceRecord };
  uploads: { key: string; value: UploadRecord };
  contents: { key: string; value: UploadContent };
  tags: { key: [versionId: string, firstChunk: number]; value: ChunkTagsRecord };
  given: { key: [versionId: string, group: number, index: number]; value: GivenColumn };
}

export type StoreDatabase = IDBPDatabase<StoreSchema>;

/** What others or the server rely on from then on must not be lost, not even with the power. */
export const STRICT = { durability: 'strict' } as const;

/** Each account has its own: two colleagues may share a browser. */
export function openStoreDatabase(userId: string): Promise<StoreDatabase> {
  return openDB<StoreSchema>(`ferry-store-${userId}`, 1, {
    upgrade(created) {
      created.createObjectStore('columns', { keyPath: ['column.versionId', 'column.group', 'column.index'] });
      created.createObjectStore('keys');
      created.createObjectStore('settings');
      created.createObjectStore('uploads', { keyPath: 'versionId' });
      created.createObjectStore('contents', { keyPath: 'versionId' });
      created.createObjectStore('tags', { keyPath: ['versionId', 'firstChunk'] });
      created.createObjectStore('given', { keyPath: ['versionId', 'group', 'index'] });
    },
  });
}

/** What a version has in a table whose keys begin with its id. */
export function versionRange(versionId: string): IDBKeyRange {
  // An array sorts after every number.
  return IDBKeyRange.bound([versionId], [versionId, []]);
}
