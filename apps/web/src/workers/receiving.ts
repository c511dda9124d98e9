// Everything that is received here: asks the user through the page, remembers what was accepted, keeps it where
// there is room, and goes on after a reload. Knows no connections.
import { type AcceptedTransfer, BundleLayout, type Exchange, isEnded, type Receiver } from '@ferry/webrtc-core';
import type { EntrySnapshot, LockedHandle, PartialBundle } from '../adapters/engine-contract.ts';
import type { BundleRecord, BundleRecords } from './bundle-records.ts';
import type { BundleStores } from './bundle-stores.ts';
import type { CatalogOrigin } from './catalog/download-record.ts';
import type { PeopleDirectory } from './people-directory.ts';
import { entrySnapshots, type ReceivedBundles } from './received-bundles.ts';
import type { ReceiveRow } from './transfer-row.ts';
import type { TransferTable } from './transfer-table.ts';

/** A sender that has not come back in this time will not. */
const REFUSALS_KEPT_MS = 90 * 86_400_000;

/** What knows where downloads from the catalog come from. */
export interface CatalogSide {
  /** Of a download that is being accepted; undefined for what somebody sent. */
  originOf(transferId: string): { catalog: CatalogOrigin; isPaused: boolean } | undefined;
  fetchAgain(record: BundleRecord, accepted: AcceptedTransfer): Promise<Receiver>;
}

export interface ReceivingOptions {
  exchange: Exchange;
  table: TransferTable;
  people: PeopleDirectory;
  records: BundleRecords;
  received: ReceivedBundles;
  stores: BundleStores;
  catalog: CatalogSide;
  /** How many bytes this browser would still keep; no more than `enoughBytes` need be found. */
  freeBytes: (enoughBytes?: number) => Promise<number>;
  touch: () => void;
}

export class Receiving {
  readonly #options: ReceivingOptions;
  readonly #strangers = new Set<Receiver>();
  /** Where a transfer that is being accepted is to be kept. */
  readonly #folders = new Map<string, FileSystemDirectoryHandle>();

  constructor(options: ReceivingOptions) {
    this.#options = options;
  }

  /** Everything that was not finished when this browser was last here. */
  async restore(): Promise<void> {
    const { received, exchange, stores } = this.#options;
    await this.#restoreRefusals();
    for (const record of received.all()) {
      const { transferId, peerDeviceId, endedAt, root, chosenRuns, folder } = record;
      if (folder && endedAt !== null) stores.keepIn(transferId, folder);
      // One that cannot be opened now, for want of room even, must not keep the others from going on.
      if (endedAt === null) await this.#restore(record).catch(() => {});
      else if (root) {
        const entryCount = chosenRuns.reduce((sum, { count }) => sum + count, 0);
        exchange.rememberReceived(transferId, peerDeviceId, { status: 'done', chosenRuns, entryCount, root });
      }
    }
    await this.#deleteOrphans();
  }

  incoming(receiver: Receiver): void {
    const { people, table, received, touch } = this.#options;
    // It failed before this browser was started anew, and its sender tries again: nobody is asked twice.
    if (received.get(receiver.transfer)) return void this.retry(receiver.transfer);
    const peer = people.ownerOf(receiver.peerId);
    // The server's word of whose device it is may come a moment later than the device's own.
    if (!peer) return void this.#strangers.add(receiver);
    this.#strangers.delete(receiver);
    table.add<ReceiveRow>({
      transfer: receiver,
      direction: 'receive',
      peer,
      createdAt: Date.now(),
      order: table.nextOrder(),
    });
    touch();
  }

  peopleChanged(): void {
    for (const receiver of this.#strangers) this.incoming(receiver);
  }

  /** @throws Error `store-full` when there is no room; the problem has the numbers */
  async accept(row: ReceiveRow, entryIndexes?: number[], folder?: FileSystemDirectoryHandle): Promise<void> {
    const { stores, touch } = this.#options;
    const { transfer, transferId } = row;
    const { manifest } = transfer;
    if (!manifest) return;
    const chosen = entryIndexes ?? [...manifest.entries.keys()];
    row.problem = undefined;
    if (folder) {
      this.#folders.set(transferId, folder);
      stores.keepIn(transferId, folder);
    } else {
      const neededBytes = chosen.reduce((sum, index) => sum + (manifest.entries[index]?.sizeBytes ?? 0), 0);
      const freeBytes = await this.#options.freeBytes(neededBytes);
      if (neededBytes > freeBytes) {
        row.problem = { code: 'store-full', neededBytes, freeBytes };
        touch();
        throw new Error('store-full');
      }
    }
    await transfer.accept(chosen);
    // It may have ended while it was being remembered.
    this.changed(transfer);
  }

  /** The exchange is about to accept it: from here on it must not be forgotten. */
  async accepting(receiver: Receiver): Promise<void> {
    const { table, received } = this.#options;
    const row = table.receiving(receiver.transfer);
    if (!row) return;
    const { peer, order } = row;
    const folder = this.#folders.get(receiver.transfer) ?? null;
    const origin = this.#options.catalog.originOf(receiver.transfer) ?? { catalog: null, isPaused: false };
    await received.accepting(receiver, { peer, order, folder, ...origin });
  }

  /** Goes on with what failed, from what is held; also with what is not in the list any more. */
  async retry(transferId: string): Promise<void> {
    const { table, received, exchange, touch } = this.#options;
    const row = table.receiving(transferId);
    const record = received.get(transferId);
    if (row) {
      row.problem = undefined;
      await row.transfer.retry();
    } else if (record) {
      await received.change(transferId, { endedAt: null });
      exchange.forget(transferId);
      await this.#restore(record);
    }
    touch();
  }

  /** What is missing is kept in this folder from now on. */
  async useFolder(row: ReceiveRow, folder: FileSystemDirectoryHandle): Promise<void> {
    const { stores, received } = this.#options;
    stores.keepIn(row.transferId, folder);
    await received.change(row.transferId, { folder });
    await this.#reopen(row);
  }

  lockedHandles(transferId: string): LockedHandle[] {
    const folder = this.#options.received.get(transferId)?.folder;
    return folder ? [{ handle: folder, mode: 'readwrite' }] : [];
  }

  /** The browser was asked for the folder again. */
  async unlock(row: ReceiveRow): Promise<void> {
    const folder = this.#options.received.get(row.transferId)?.folder;
    if (!folder || !(await isWritable(folder))) return;
    this.#options.stores.keepIn(row.transferId, folder);
    await this.#reopen(row);
  }

  /** Keeps what is remembered true, and says why a transfer waits. */
  changed(receiver: Receiver): void {
    const { received, touch } = this.#options;
    const { state, transfer } = receiver;
    const isRefused = state.status === 'declined' || (state.status === 'cancelled' && state.by === 'me');
    // Nobody announces again what was found in the catalog.
    if (isRefused && !receiver.isAsked) void this.#rememberRefusal(receiver);
    const record = received.get(transfer);
    if (!record) return;
    // Its sender tried again what had failed.
    if (!isEnded(state) && record.endedAt !== null) void received.change(transfer, { endedAt: null });
    if (state.status === 'paused' && state.by.me === 'space') void this.#explainFullStore(receiver);
    const rests = state.status === 'paused' || state.status === 'stalled';
    if (rests) void received.change(transfer, { heldBytes: receiver.progress?.doneBytes ?? 0 });
    if (state.status === 'cancelled') void received.delete(transfer);
    if (state.status === 'done' || state.status === 'failed') void received.ended(receiver).then(touch);
  }

  async entries(transferId: string): Promise<EntrySnapshot[]> {
    const receiver = this.#options.table.receiving(transferId)?.transfer;
    if (receiver?.manifest && !isEnded(receiver.state)) return entrySnapshots(receiver);
    return this.#options.received.entries(transferId);
  }

  /** All bytes of a bundle, files end to end. */
  async content(transferId: string): Promise<Blob> {
    const kept = await this.#options.records.entries(transferId);
    if (!kept) throw new Error('not-found');
    return this.#options.stores.content(transferId, new BundleLayout(kept.chosen));
  }

  /** Deletes what is kept of these bundles; one that is under way is given up. */
  async clear(transferIds: readonly string[]): Promise<void> {
    const { table, received, stores, exchange, touch } = this.#options;
    for (const transferId of transferIds) {
      const row = table.receiving(transferId);
      const folder = received.get(transferId)?.folder;
      if (folder) stores.keepIn(transferId, folder);
      row?.transfer.cancel();
      if (row?.transfer.state.status === 'failed') {
        table.delete(transferId);
        exchange.forget(transferId);
      }
      await received.delete(transferId);
      await stores.delete(transferId);
    }
    touch();
    await this.resumeWhatFits();
  }

  partial(): PartialBundle[] {
    return this.#options.received.partial((transferId) => {
      const transfer = this.#options.table.receiving(transferId)?.transfer;
      return transfer && !isEnded(transfer.state) ? transfer.progress?.doneBytes : undefined;
    });
  }

  /** Transfers that waited for room go on when there is enough. */
  async resumeWhatFits(): Promise<void> {
    for (const row of this.#options.table.all()) {
      if (row.direction !== 'receive' || row.problem?.code !== 'store-full') continue;
      const { state } = row.transfer;
      if (state.status !== 'paused' || state.by.me !== 'space') continue;
      // How much room there is in a folder of the user's, no browser tells: that is for the user to say.
      if (this.#options.received.get(row.transferId)?.folder) continue;
      const neededBytes = missingBytes(row.transfer);
      const freeBytes = await this.#options.freeBytes(neededBytes);
      row.problem = freeBytes < neededBytes ? { code: 'store-full', neededBytes, freeBytes } : undefined;
      if (!row.problem) row.transfer.resume();
      this.#options.touch();
    }
  }

  async #restore(record: BundleRecord): Promise<void> {
    const { exchange, table, records, stores, catalog } = this.#options;
    const { transferId, peer, peerDeviceId, summary, chosenRuns, createdAt, isPaused, order, folder } = record;
    const kept = await records.entries(transferId);
    if (!kept) return;
    // A folder that the browser must be asked for again is left alone: nothing is fetched meanwhile.
    const isLocked = folder !== null && !(await isWritable(folder));
    if (folder && !isLocked) stores.keepIn(transferId, folder);
    const accepted = { chosen: kept.chosen, chosenRuns, isPaused };
    const transfer = record.catalog
      ? await catalog.fetchAgain(record, accepted)
      : await exchange.restoreIncoming({ transfer: transferId, peerId: peerDeviceId, summary, ...accepted });
    const origin = record.catalog ? 'catalog' : 'direct';
    const row = table.add<ReceiveRow>({ transfer, direction: 'receive', peer, createdAt, order, origin });
    if (!isLocked) return;
    row.problem = { code: 'folder-locked' };
    transfer.pause();
  }

  async #reopen(row: ReceiveRow): Promise<void> {
    row.problem = undefined;
    await row.transfer.reopen();
    row.transfer.pause('user');
    if (!this.#options.received.get(row.transferId)?.isPaused) row.transfer.resume();
    this.#options.touch();
  }

  async #explainFullStore(receiver: Receiver): Promise<void> {
    const row = this.#options.table.receiving(receiver.transfer);
    if (!row || row.problem) return;
    if (this.#options.received.get(receiver.transfer)?.folder) {
      row.problem = { code: 'store-full' };
      return this.#options.touch();
    }
    const neededBytes = missingBytes(receiver);
    row.problem = { code: 'store-full', neededBytes, freeBytes: 0 };
    row.problem = { code: 'store-full', neededBytes, freeBytes: await this.#options.freeBytes(neededBytes) };
    this.#options.touch();
  }

  async #restoreRefusals(): Promise<void> {
    const { records, exchange } = this.#options;
    for (const { transferId, peerDeviceId, status, endedAt } of await records.refusals()) {
      if (Date.now() - endedAt > REFUSALS_KEPT_MS) await records.deleteRefusal(transferId);
      else exchange.rememberReceived(transferId, peerDeviceId, { status });
    }
  }

  async #rememberRefusal({ transfer: transferId, peerId: peerDeviceId, state: { status } }: Receiver): Promise<void> {
    if (status !== 'declined' && status !== 'cancelled') return;
    await this.#options.records.putRefusal({ transferId, peerDeviceId, status, endedAt: Date.now() });
  }

  /** Chunks that nobody remembers: of a crash between making a place for them and remembering it. */
  async #deleteOrphans(): Promise<void> {
    const { stores, received } = this.#options;
    for (const transferId of await stores.list()) if (!received.get(transferId)) await stores.delete(transferId);
  }
}

function missingBytes({ progress }: Receiver): number {
  return (progress?.totalBytes ?? 0) - (progress?.doneBytes ?? 0);
}

async function isWritable(folder: FileSystemDirectoryHandle): Promise<boolean> {
  return (await folder.queryPermission({ mode: 'readwrite' })) === 'granted';
}
