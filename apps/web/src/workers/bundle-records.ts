// What this browser remembers of transfers, in IndexedDB: survives reloads, crashes and days. Knows no engine and
// no bytes; those are in the chunk store under the same id, or in the files that are sent.
import type { ContentId } from '@ferry/shared';
import type { Manifest } from '@ferry/webrtc-core';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Limits } from '../adapters/engine-contract.ts';
import {
  BEFORE_VERSION_3,
  type BundleEntries,
  type BundleRecord,
  type RefusalRecord,
  type SendRecord,
} from './bundle-record.ts';
import type { KeptContent, PendingDownload } from './catalog/download-record.ts';

export type { BundleRecord, SendRecord } from './bundle-record.ts';

interface Schema extends DBSchema {
  bundles: { key: string; value: BundleRecord };
  entries: { key: string; value: BundleEntries };
  sends: { key: string; value: SendRecord };
  manifests: { key: string; value: { transferId: string; manifest: Manifest } };
  refusals: { key: string; value: RefusalRecord };
  downloads: { key: string; value: PendingDownload };
  contents: {
    key: [transferId: string, entryIndex: number];
    value: KeptContent;
    indexes: { contentId: ContentId; shareableBytes: number };
  };
  settings: { key: 'limits'; value: Limits };
}

/** What is told to the other side next must not be lost, not even with the power. */
const STRICT = { durability: 'strict' } as const;
type Named = 'bundles' | 'entries' | 'sends' | 'manifests' | 'downloads';
type Put<Name extends Named> = [Name, Schema[Name]['value']];

export class BundleRecords {
  readonly #database: IDBPDatabase<Schema>;

  constructor(database: IDBPDatabase<Schema>) {
    this.#database = database;
  }

  /** Each account has its own: two colleagues may share a browser. */
  static async open(userId: string): Promise<BundleRecords> {
    const database = await openDB<Schema>(`ferry-${userId}`, 3, {
      upgrade(created, oldVersion) {
        if (oldVersion < 1) {
          created.createObjectStore('bundles', { keyPath: 'transferId' });
          created.createObjectStore('entries', { keyPath: 'transferId' });
        }
        if (oldVersion < 2) {
          created.createObjectStore('sends', { keyPath: 'transferId' });
          created.createObjectStore('manifests', { keyPath: 'transferId' });
          created.createObjectStore('refusals', { keyPath: 'transferId' });
          created.createObjectStore('settings');
        }
        created.createObjectStore('downloads', { keyPath: 'transferId' });
        const contents = created.createObjectStore('contents', { keyPath: ['transferId', 'entryIndex'] });
        contents.createIndex('contentId', 'contentId');
        // What lacks it is not in the index.
        contents.createIndex('shareableBytes', 'shareableBytes');
      },
    });
    return new BundleRecords(database);
  }

  async bundles(): Promise<BundleRecord[]> {
    return (await this.#database.getAll('bundles')).map((record) => ({ ...BEFORE_VERSION_3, ...record }));
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
    await this.#database.delete('contents', IDBKeyRange.bound([transferId], [transferId, []]));
  }

  async downloads(): Promise<PendingDownload[]> {
    return this.#database.getAll('downloads');
  }

  async putDownload(record: PendingDownload): Promise<void> {
    await this.#put([['downloads', record]]);
  }

  async deleteDownload(transferId: string): Promise<void> {
    await this.#delete(['downloads'], transferId);
  }

  async putContents(contents: readonly KeptContent[]): Promise<void> {
    const transaction = this.#database.transaction('contents', 'readwrite');
    await Promise.all([...contents.map((content) => transaction.store.put(content)), transaction.done]);
  }

  /** Where content is kept, if it is. */
  async content(contentId: ContentId): Promise<KeptContent | undefined> {
    return this.#database.getFromIndex('contents', 'contentId', contentId);
  }

  /** Every place where content is kept. */
  async contents(contentId: ContentId): Promise<KeptContent[]> {
    return this.#database.getAllFromIndex('contents', 'contentId', contentId);
  }

  /** The largest of those that came from the catalog and may be passed on. */
  async shareableContents(limit: number, mayPassOn: (content: KeptContent) => boolean): Promise<KeptContent[]> {
    const contents: KeptContent[] = [];
    const index = this.#database.transaction('contents').store.index('shareableBytes');
    for await (const { value } of index.iterate(null, 'prev')) {
      if (mayPassOn(value) && contents.push(value) >= limit) break;
    }
    return contents;
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

  async #put(values: { [Name in Named]: Put<Name> }[Named][]): Promise<void> {
    const transaction = this.#database.transaction(
      values.map(([name]) => name),
      'readwrite',
      STRICT,
    );
    await Promise.all([...values.map(([name, value]) => transaction.objectStore(name).put(value)), transaction.done]);
  }

  async #delete(names: Named[], transferId: string): Promise<void> {
    const transaction = this.#database.transaction(names, 'readwrite');
    await Promise.all([...names.map((name) => transaction.objectStore(name).delete(transferId)), transaction.done]);
  }
}
