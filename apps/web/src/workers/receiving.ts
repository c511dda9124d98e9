// Everything that is received here: asks the user through the page, remembers what was accepted, keeps it where
// there is room, and goes on after a reload. Knows no connections.
import { BundleLayout, type Exchange, isEnded, type Receiver } from '@ferry/webrtc-core';
import type { EntrySnapshot, PartialBundle } from '../adapters/engine-contract.ts';
import type { BundleRecords } from './bundle-records.ts';
import type { BundleStores } from './bundle-stores.ts';
import type { PeopleDirectory } from './people-directory.ts';
import { endedFilesOf, entrySnapshots, type ReceivedBundles } from './received-bundles.ts';
import { ReceivedRefusals } from './received-refusals.ts';
import { ReceivingFolders } from './receiving-folders.ts';
import { type CatalogSide, ReceivingRestore, type StoreSide } from './receiving-restore.ts';
import { ReceivingSpace } from './receiving-space.ts';
import type { ReceiveRow } from './transfer-row.ts';
import type { TransferTable } from './transfer-table.ts';

export interface ReceivingOptions {
  exchange: Exchange;
  table: TransferTable;
  people: PeopleDirectory;
  records: BundleRecords;
  received: ReceivedBundles;
  stores: BundleStores;
  catalog: CatalogSide;
  store: StoreSide;
  /** How many bytes this browser would still keep; no more than `enoughBytes` need be found. */
  freeBytes: (enoughBytes?: number) => Promise<number>;
  touch: () => void;
}

export class Receiving {
  readonly folders: ReceivingFolders;
  readonly space: ReceivingSpace;
  readonly #options: ReceivingOptions;
  readonly #refusals: ReceivedRefusals;
  readonly #restore: ReceivingRestore;
  readonly #strangers = new Set<Receiver>();

  constructor(options: ReceivingOptions) {
    this.#options = options;
    this.#refusals = new ReceivedRefusals(options.records, options.exchange);
    this.folders = new ReceivingFolders(options);
    this.space = new ReceivingSpace(options);
    this.#restore = new ReceivingRestore({ ...options, folders: this.folders });
  }

  /** Everything that was not finished when this browser was last here. */
  async restore(): Promise<void> {
    await this.#refusals.restore();
    await this.#restore.all();
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
    const { touch, store } = this.#options;
    const { transfer, transferId } = row;
    const { manifest } = transfer;
    if (!manifest) return;
    const chosen = entryIndexes ?? [...manifest.entries.keys()];
    row.problem = undefined;
    if (folder) this.folders.choose(transferId, folder);
    else {
      const neededBytes = chosen.reduce((sum, index) => sum + (manifest.entries[index]?.sizeBytes ?? 0), 0);
      row.problem = await this.space.problemOf(neededBytes);
      touch();
      if (row.problem) throw new Error('store-full');
    }
    if (row.stored) await store.accept(row, chosen, this.folders.chosenFor(transferId));
    else await transfer.accept(chosen);
    // It may have ended while it was being remembered.
    this.changed(transfer);
  }

  /** The exchange is about to accept it: from here on it must not be forgotten. */
  async accepting(receiver: Receiver): Promise<void> {
    const { table, received } = this.#options;
    const row = table.receiving(receiver.transfer);
    if (!row) return;
    const { peer, order } = row;
    const folder = this.folders.chosenFor(receiver.transfer);
    const origin = this.#options.catalog.originOf(receiver.transfer) ?? { catalog: null, isPaused: false };
    await received.accepting(receiver, { peer, order, folder, store: null, ...origin });
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
      await this.#restore.one(record);
    }
    touch();
  }

  /** Keeps what is remembered true, and says why a transfer waits. */
  changed(receiver: Receiver): void {
    const { table, received } = this.#options;
    const { state, transfer } = receiver;
    const row = table.receiving(transfer);
    // Another one fetches it from now on.
    if (row && row.transfer !== receiver) return;
    this.#refusals.changed(receiver);
    const record = received.get(transfer);
    if (!record) return;
    // Its sender tried again what had failed.
    if (!isEnded(state) && record.endedAt !== null) void received.change(transfer, { endedAt: null });
    if (state.status === 'paused' && state.by.me === 'space') void this.space.explainFull(receiver);
    const rests = state.status === 'paused' || state.status === 'stalled';
    if (rests)
      void received.change(transfer, { heldBytes: row?.stored?.doneBytes ?? receiver.progress?.doneBytes ?? 0 });
    if (state.status === 'cancelled') void received.delete(transfer);
    if (state.status === 'done' || state.status === 'failed') void this.#ended(receiver);
  }

  async entries(transferId: string): Promise<EntrySnapshot[]> {
    const row = this.#options.table.receiving(transferId);
    if (row?.stored && !isEnded(row.transfer.state)) {
      const { manifest, chosen } = row.stored;
      return entrySnapshots({ manifest, chosen, agreed: undefined });
    }
    if (row?.transfer.manifest && !isEnded(row.transfer.state)) return entrySnapshots(row.transfer);
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
    await this.space.resumeWhatFits();
  }

  partial(): PartialBundle[] {
    return this.#options.received.partial((transferId) => {
      const row = this.#options.table.receiving(transferId);
      if (!row || isEnded(row.transfer.state)) return undefined;
      return row.stored?.doneBytes ?? row.transfer.progress?.doneBytes;
    });
  }

  async #ended(receiver: Receiver): Promise<void> {
    const { store, received, touch } = this.#options;
    await received.ended((await store.ended(receiver)) ?? endedFilesOf(receiver));
    store.kept(receiver.transfer);
    touch();
  }
}
