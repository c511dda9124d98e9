// What this browser remembers of bundles it accepted, in IndexedDB: survives reloads. Knows no engine and
// no bytes; those are in the chunk store under the same id.
import type { BundleSummary, Manifest, Run } from '@ferry/webrtc-core';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { EntrySnapshot } from '../adapters/engine-contract.ts';

export interface BundleRecord {
  transferId: string;
  peer: { userId: string; username: string };
  peerDeviceId: string;
  summary: BundleSummary;
  chosenRuns: Run[];
  createdAt: number;
  /** Null while it is not finished: it goes on at the next start. */
  endedAt: number | null;
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
}

interface Schema extends DBSchema {
  bundles: { key: string; value: BundleRecord };
  entries: { key: string; value: BundleEntries };
}

export class BundleRecords {
  readonly #database: IDBPDatabase<Schema>;

  constructor(database: IDBPDatabase<Schema>) {
    this.#database = database;
  }

  /** Each account has its own: two colleagues may share a browser. */
  static async open(userId: string): Promise<BundleRecords> {
    const database = await openDB<Schema>(`ferry-${userId}`, 1, {
      upgrade(created) {
        created.createObjectStore('bundles', { keyPath: 'transferId' });
        created.createObjectStore('entries', { keyPath: 'transferId' });
      },
    });
    return new BundleRecords(database);
  }

  async all(): Promise<BundleRecord[]> {
    return this.#database.getAll('bundles');
  }

  async entries(transferId: string): Promise<BundleEntries | undefined> {
    return this.#database.get('entries', transferId);
  }

  async put(record: BundleRecord, entries: BundleEntries): Promise<void> {
    const transaction = this.#database.transaction(['bundles', 'entries'], 'readwrite');
    await Promise.all([
      transaction.objectStore('bundles').put(record),
      transaction.objectStore('entries').put(entries),
      transaction.done,
    ]);
  }

  async delete(transferId: string): Promise<void> {
    const transaction = this.#database.transaction(['bundles', 'entries'], 'readwrite');
    await Promise.all([
      transaction.objectStore('bundles').delete(transferId),
      transaction.objectStore('entries').delete(transferId),
      transaction.done,
    ]);
  }
}
