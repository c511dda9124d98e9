// A remembered catalog for tests: a database in memory with nothing in it, and short ways to fill it and to look at it.
import 'fake-indexeddb/auto';
import { openCatalogDatabase, type ShareRecord } from '../catalog-database.ts';
import { type FoundFile, found } from '../entry-change.ts';
import { EntryChanges } from '../entry-changes.ts';
import { EntryRecords } from '../entry-records.ts';
import { OutboxRecords } from '../outbox-records.ts';
import { ShareRecords } from '../share-records.ts';

export const SHARE_ID = '5f3a8f0e-1111-4222-8333-444455556666';

export function shareRecord(about: Partial<ShareRecord> = {}): ShareRecord {
  return {
    shareId: SHARE_ID,
    title: 'Press',
    kind: 'folder',
    handles: [],
    audience: { type: 'everyone' },
    rules: { includesHidden: false, ignore: [] },
    excludedPaths: [],
    createdAt: 0,
    revision: null,
    isPut: false,
    scannedAt: null,
    skippedCount: 0,
    ...about,
  };
}

export function foundFile(path: string, sizeBytes = 3, modifiedMs = 1000): FoundFile {
  return { path, sizeBytes, modifiedMs, mediaType: '' };
}

export class CatalogGround {
  readonly database;
  readonly shares: ShareRecords;
  readonly entries: EntryRecords;
  readonly changes: EntryChanges;
  readonly outbox: OutboxRecords;

  private constructor(database: Awaited<ReturnType<typeof openCatalogDatabase>>) {
    this.database = database;
    this.shares = new ShareRecords(database);
    this.entries = new EntryRecords(database);
    this.changes = new EntryChanges(database);
    this.outbox = new OutboxRecords(database);
  }

  static async open(...records: ShareRecord[]): Promise<CatalogGround> {
    const ground = new CatalogGround(await openCatalogDatabase(crypto.randomUUID()));
    for (const record of records) await ground.shares.add(record);
    return ground;
  }

  async find(files: readonly FoundFile[], shareId = SHARE_ID): Promise<void> {
    await this.changes.make(shareId, new Map(files.map((file) => [file.path, found(shareId, file)])));
  }

  /** In their order. */
  async paths(shareId = SHARE_ID): Promise<string[]> {
    return (await this.entries.page(shareId, {})).map(({ path }) => path);
  }
}
