// What was being received when this browser was last here: goes on with it, and remembers what has ended. Knows no page.
import type { AcceptedTransfer, Exchange, Receiver } from '@ferry/webrtc-core';
import type { BundleRecord, BundleRecords } from './bundle-records.ts';
import type { BundleStores } from './bundle-stores.ts';
import type { CatalogOrigin } from './catalog/download-record.ts';
import type { ReceivedBundles } from './received-bundles.ts';
import type { ReceivingFolders } from './receiving-folders.ts';
import type { ReceiveRow } from './transfer-row.ts';
import type { TransferTable } from './transfer-table.ts';

/** What knows where downloads from the catalog come from. */
export interface CatalogSide {
  /** Of a download that is being accepted; undefined for what somebody sent. */
  originOf(transferId: string): { catalog: CatalogOrigin; isPaused: boolean } | undefined;
  fetchAgain(record: BundleRecord, accepted: AcceptedTransfer): Promise<Receiver>;
}

export interface ReceivingRestoreOptions {
  exchange: Exchange;
  table: TransferTable;
  records: BundleRecords;
  received: ReceivedBundles;
  stores: BundleStores;
  catalog: CatalogSide;
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
    const { exchange, table, records, catalog, folders } = this.#options;
    const { transferId, peer, peerDeviceId, summary, chosenRuns, createdAt, isPaused, order, folder } = record;
    const kept = await records.entries(transferId);
    if (!kept) return;
    const access = await folders.reopen(transferId, folder);
    const accepted = { chosen: kept.chosen, chosenRuns, isPaused };
    const transfer = record.catalog
      ? await catalog.fetchAgain(record, accepted)
      : await exchange.restoreIncoming({ transfer: transferId, peerId: peerDeviceId, summary, ...accepted });
    const origin = record.catalog ? { origin: 'catalog' as const, catalog: record.catalog } : {};
    const row = table.add<ReceiveRow>({ transfer, direction: 'receive', peer, createdAt, order, ...origin });
    if (access === 'open') return;
    row.problem = { code: 'folder-locked' };
    transfer.pause();
  }

  /** Chunks that nobody remembers: of a crash between making a place for them and remembering it. */
  async #deleteOrphans(): Promise<void> {
    const { stores, received } = this.#options;
    for (const transferId of await stores.list()) if (!received.get(transferId)) await stores.delete(transferId);
  }
}
