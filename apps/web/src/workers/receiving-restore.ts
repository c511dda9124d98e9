// What was being received when this browser was last here: goes on with it, and remembers what has ended. Knows no page.
import type { AcceptedTransfer, Exchange, Receiver } from '@ferry/webrtc-core';
import type { BundleEntries, BundleRecord } from './bundle-record.ts';
import type { BundleRecords } from './bundle-records.ts';
import type { BundleStores } from './bundle-stores.ts';
import type { CatalogOrigin } from './catalog/download-record.ts';
import type { EndedFiles, ReceivedBundles } from './received-bundles.ts';
import type { ReceivingFolders } from './receiving-folders.ts';
import type { ReceiveRow } from './transfer-row.ts';
import type { TransferTable } from './transfer-table.ts';

/** What knows where downloads from the catalog come from. */
export interface CatalogSide {
  /** Of a download that is being accepted; undefined for what somebody sent. */
  originOf(transferId: string): { catalog: CatalogOrigin; isPaused: boolean } | undefined;
  fetchAgain(record: BundleRecord, accepted: AcceptedTransfer): Promise<Receiver>;
}

/** What knows how files come out of the Store. */
export interface StoreSide {
  /** Begins to fetch these entries of what waits for an answer. @param folder where they are kept; null: in this browser */
  accept(row: ReceiveRow, entryIndexes: readonly number[], folder: FileSystemDirectoryHandle | null): Promise<void>;
  /** It goes on once its row says so. */
  fetchAgain(record: BundleRecord, kept: BundleEntries): Promise<Pick<ReceiveRow, 'transfer' | 'stored'>>;
  /** What one that has ended leaves behind; undefined for what is not from the Store. */
  ended(receiver: Receiver): Promise<EndedFiles | undefined>;
  /** That is remembered now, and will not be lost. */
  kept(transferId: string): void;
}

export interface ReceivingRestoreOptions {
  exchange: Exchange;
  table: TransferTable;
  records: BundleRecords;
  received: ReceivedBundles;
  stores: BundleStores;
  catalog: CatalogSide;
  store: StoreSide;
  folders: ReceivingFolders;
}

export class ReceivingRestore {
  readonly #options: ReceivingRestoreOptions;

  constructor(options: ReceivingRestoreOptions) {
    this.#options = options;
  }

  async all(): Promise<void> {
    const { received, exchange, stores } = this.#options;
    for (const record of received.all()) {
      const { transferId, peerDeviceId, endedAt, root, chosenRuns, folder } = record;
      if (folder && endedAt !== null) stores.keepIn(transferId, folder);
      // One that cannot be opened now, for want of room even, must not keep the others from going on.
      if (endedAt === null) await this.one(record).catch(() => {});
      else if (root) {
        const entryCount = chosenRuns.reduce((sum, { count }) => sum + count, 0);
        exchange.rememberReceived(transferId, peerDeviceId, { status: 'done', chosenRuns, entryCount, root });
      }
    }
    await this.#deleteOrphans();
  }

  /** One that was accepted and has not ended, with what is held. */
  async one(record: BundleRecord): Promise<void> {
    const { table, records, folders } = this.#options;
    const { transferId, peer, createdAt, order, folder } = record;
    const kept = await records.entries(transferId);
    if (!kept) return;
    const access = await folders.reopen(transferId, folder);
    const again = await this.#again(record, kept);
    const row = table.add<ReceiveRow>({ ...again, direction: 'receive', peer, createdAt, order });
    if (access === 'open') return row.stored?.goOn();
    row.problem = { code: 'folder-locked' };
    row.transfer.pause();
  }

  /** What goes on with it, by where it comes from. */
  async #again(
    record: BundleRecord,
    kept: BundleEntries,
  ): Promise<Pick<ReceiveRow, 'transfer' | 'origin' | 'catalog' | 'stored' | 'isPausedEarly'>> {
    const { exchange, catalog, store } = this.#options;
    const { transferId, peerDeviceId, summary, chosenRuns, isPaused } = record;
    if (record.store) {
      const fetched = await store.fetchAgain(record, kept);
      return { ...fetched, origin: 'store', isPausedEarly: isPaused };
    }
    const accepted = { chosen: kept.chosen, chosenRuns, isPaused };
    if (record.catalog) {
      return { transfer: await catalog.fetchAgain(record, accepted), origin: 'catalog', catalog: record.catalog };
    }
    const about = { transfer: transferId, peerId: peerDeviceId, summary };
    return { transfer: await exchange.restoreIncoming({ ...about, ...accepted }) };
  }

  /** Chunks that nobody remembers: of a crash between making a place for them and remembering it. */
  async #deleteOrphans(): Promise<void> {
    const { stores, received } = this.#options;
    for (const transferId of await stores.list()) if (!received.get(transferId)) await stores.delete(transferId);
  }
}
