// What this browser remembers of transfers, in IndexedDB: survives reloads, crashes and days. Knows no engine and
// no bytes; those are in the chunk store under the same id, or in the files that are sent.
import type { BundleSummary, Manifest, Run } from '@ferry/webrtc-core';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { EntrySnapshot, Limits, SourceHandle } from '../adapters/engine-contract.ts';

interface TransferRecord {
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

interface Schema extends DBSchema {
  bundles: { key: string; value: BundleRecord };
  entries: { key: string; value: BundleEntries };
  sends: { key: string; value: SendRecord };
  manifests: { key: string; value: { transferId: string; manifest: Manifest } };
  refusals: { key: string; value: RefusalRecord };
  settings: { key: 'limits'; value: Limits };
}

/** What is told to the other side next must not be lost, not even with the power. */
const STRICT = { durability: 'strict' } as const;
type Put<Name extends 'bundles' | 'entries' | 'sends' | 'manifests'> = [Name, Schema[Name]['value']];

export class BundleRecords {
  readonly #database: IDBPDatabase<Schema>;

  constructor(database: IDBPDatabase<Schema>) {
    this.#database = database;
  }

  /** Each account has its own: two colleagues may share a browser. */
  static async open(userId: string): Promise<BundleRecords> {
    const database = await openDB<Schema>(`ferry-${userId}`, 2, {
      upgrade(created, oldVersion) {
        if (oldVersion < 1) {
          created.createObjectStore('bundles', { keyPath: 'transferId' });
          created.createObjectStore('entries', { keyPath: 'transferId' });
        }
        created.createObjectStore('sends', { keyPath: 'transferId' });
        created.createObjectStore('manifests', { keyPath: 'transferId' });
        created.createObjectStore('refusals', { keyPath: 'transferId' });
        created.createObjectStore('settings');
      },
    });
    return new BundleRecords(database);
  }

  async bundles(): Promise<BundleRecord[]> {
    return (await this.#database.getAll('bundles')).map((record) => ({ ...BEFORE_VERSION_2, ...record }));
  }

  async entries(transferId: string): Promise<BundleEntries | undefined> {
    return this.#database.get('entries', transferId);
  }

  async putBundle(record: BundleRecord, entries?: BundleEntries): Promise<void> {
    await this.#put(
      entries
        ? [
            ['bundles', record],
            ['entries', entries],
          ]
        : [['bundles', record]],
    );
  }

  async deleteBundle(transferId: string): Promise<void> {
    await this.#delete(['bundles', 'entries'], transferId);
  }

  async refusals(): Promise<RefusalRecord[]> {
    return this.#database.getAll('refusals');
  }

  async putRefusal(record: RefusalRecord): Promise<void> {
    await this.#database.put('refusals', record);
  }

  async deleteRefusal(transferId: string): Promise<void> {
    await this.#database.delete('refusals', transferId);
  }

  async sends(): Promise<SendRecord[]> {
    return this.#database.getAll('sends');
  }

  async manifest(transferId: string): Promise<Manifest | undefined> {
    return (await this.#database.get('manifests', transferId))?.manifest;
  }

  async putSend(record: SendRecord, manifest?: Manifest): Promise<void> {
    const { transferId } = record;
    await this.#put(
      manifest
        ? [
            ['sends', record],
            ['manifests', { transferId, manifest }],
          ]
        : [['sends', record]],
    );
  }

  async deleteSend(transferId: string): Promise<void> {
    await this.#delete(['sends', 'manifests'], transferId);
  }

  async limits(): Promise<Limits | undefined> {
    return this.#database.get('settings', 'limits');
  }

  async putLimits(limits: Limits): Promise<void> {
    await this.#database.put('settings', limits, 'limits');
  }

  async #put(values: (Put<'bundles'> | Put<'entries'> | Put<'sends'> | Put<'manifests'>)[]): Promise<void> {
    const transaction = this.#database.transaction(
      values.map(([name]) => name),
      'readwrite',
      STRICT,
    );
    await Promise.all([...values.map(([name, value]) => transaction.objectStore(name).put(value)), transaction.done]);
  }

  async #delete(names: ('bundles' | 'entries' | 'sends' | 'manifests')[], transferId: string): Promise<void> {
    const transaction = this.#database.transaction(names, 'readwrite');
    await Promise.all([...names.map((name) => transaction.objectStore(name).delete(transferId)), transaction.done]);
  }
}

/** Records of the first version have none of these. */
const BEFORE_VERSION_2: Pick<BundleRecord, 'order' | 'isPaused' | 'folder' | 'root' | 'heldBytes' | 'chosenBytes'> = {
  order: 0,
  isPaused: false,
  folder: null,
  root: null,
  heldBytes: 0,
  chosenBytes: 0,
};
