// The transfer engine as a program: runs an Exchange, and answers the page's commands. Knows the page only as
// something that makes connections and takes snapshots.
import { Exchange, isEnded, type NoPathCode, type Outgoing, type Receiver } from '@ferry/webrtc-core';
import { bundlesFolder, clearScratch, scratchFolder, sendsFolder } from '../adapters/bundle-files.ts';
import type { CatalogCommands } from '../adapters/catalog-contract.ts';
import type {
  EngineSnapshot,
  EntrySnapshot,
  Limits,
  LockedHandle,
  OutgoingFile,
  SendRequest,
  SourceHandle,
  StorageUse,
} from '../adapters/engine-contract.ts';
import type { EnginePath, EnginePerson, PageFunctions, WorkerFunctions } from '../adapters/engine-rpc.ts';
import { BundleRecords } from './bundle-records.ts';
import { BundleStores } from './bundle-stores.ts';
import { CatalogDesk } from './catalog/catalog-desk.ts';
import { measureFreeBytes } from './free-space.ts';
import type { PageConnector } from './page-connector.ts';
import { PeopleDirectory } from './people-directory.ts';
import { Publisher } from './publisher.ts';
import { ReceivedBundles } from './received-bundles.ts';
import { Receiving } from './receiving.ts';
import { OpfsHashJournals } from './send-journals.ts';
import { Sending } from './sending.ts';
import { SentBundles } from './sent-bundles.ts';
import { queueMoves, reordered } from './transfer-queue.ts';
import type { TransferRow } from './transfer-row.ts';
import { TransferTable } from './transfer-table.ts';

/** Rates fall while nothing happens: moving transfers are shown anew this often at least. */
const TICK_MS = 1000;
/** How often it is looked whether there is room again. */
const SPACE_CHECK_MS = 5000;
const DEFAULT_LIMITS: Limits = { transfersAtOnce: 5, receiveBytesPerSecond: null, sendBytesPerSecond: null };

export class Engine implements Omit<WorkerFunctions, keyof CatalogCommands> {
  readonly catalog = new CatalogDesk();
  readonly #connector: PageConnector;
  readonly #publisher: Publisher;
  readonly #people = new PeopleDirectory();
  readonly #table = new TransferTable(this.#people);
  #limits = DEFAULT_LIMITS;
  #userId!: string;
  #exchange!: Exchange;
  #records!: BundleRecords;
  #received!: ReceivedBundles;
  #sends!: SentBundles;
  #receiving!: Receiving;
  #sending!: Sending;
  #isBalancing = false;

  constructor(connector: PageConnector, page: PageFunctions) {
    this.#connector = connector;
    this.#publisher = new Publisher(() => page.publish(this.#snapshotNow()));
  }

  async start({ userId, deviceId }: { userId: string; deviceId: string }): Promise<void> {
    await clearScratch(userId);
    this.#userId = userId;
    this.#records = await BundleRecords.open(userId);
    this.#received = new ReceivedBundles(this.#records, await this.#records.bundles());
    this.#sends = new SentBundles(this.#records, await this.#records.sends());
    const stores = new BundleStores(await bundlesFolder(userId));
    const journals = new OpfsHashJournals(await sendsFolder(userId));
    this.#exchange = new Exchange({
      connector: this.#connector,
      stores,
      journals,
      memory: {
        accepting: (receiver) => this.#receiving.accepting(receiver),
        delivered: ({ transfer, ...delivered }) => this.#sends.ended(transfer, delivered),
      },
    });
    const touch = () => this.#publisher.touch();
    const shared = {
      exchange: this.#exchange,
      table: this.#table,
      people: this.#people,
      records: this.#records,
      touch,
    };
    const freeBytes = (enoughBytes?: number) => this.#freeBytes(enoughBytes);
    const received = this.#received;
    this.#receiving = new Receiving({ ...shared, received, stores, freeBytes, catalog: this.catalog });
    this.#sending = new Sending({ ...shared, sends: this.#sends });
    await this.catalog.open({ ...shared, userId, deviceId, received, receiving: this.#receiving, stores });
    this.#listen();
    this.#applyLimits((await this.#records.limits()) ?? DEFAULT_LIMITS);
    await this.#receiving.restore();
    await this.#sending.restore();
    await this.catalog.restore();
    for (const transfer of await journals.list()) if (!this.#sends.get(transfer)) await journals.delete(transfer);
    setInterval(() => this.#table.hasUnfinished && touch(), TICK_MS);
    setInterval(() => void this.#receiving.resumeWhatFits(), SPACE_CHECK_MS);
    touch();
  }

  async setPeople(people: EnginePerson[], isFresh: boolean): Promise<void> {
    const online = people.flatMap(({ deviceIds }) => deviceIds);
    this.#people.replace(people);
    this.#table.setOnline(online);
    this.#receiving.peopleChanged();
    this.#sending.peopleChanged();
    this.catalog.peopleChanged(new Set(online), { isFresh });
    // Who is online is part of what is shown of downloads.
    this.#publisher.touch();
  }

  async setPath(peerId: string, path: EnginePath | null): Promise<void> {
    this.#table.setPath(peerId, path);
    this.#publisher.touch();
  }

  async setUnreachable(peerId: string, code: NoPathCode): Promise<void> {
    this.#table.setNoPath(peerId, code);
    this.#connector.unreachable(peerId, code);
    this.#publisher.touch();
  }

  async snapshot(): Promise<EngineSnapshot> {
    return this.#snapshotNow();
  }

  async send(request: SendRequest): Promise<string> {
    return this.#sending.send(request);
  }

  async entries(transferId: string): Promise<EntrySnapshot[]> {
    return this.#receiving.entries(transferId);
  }

  async content(transferId: string): Promise<Blob> {
    return this.#receiving.content(transferId);
  }

  async accept(transferId: string, entryIndexes?: number[], folder?: FileSystemDirectoryHandle): Promise<void> {
    const row = this.#table.receiving(transferId);
    if (row) await this.#receiving.accept(row, entryIndexes, folder);
  }

  async decline(transferId: string): Promise<void> {
    this.#table.receiving(transferId)?.transfer.decline();
  }

  async pause(transferId: string): Promise<void> {
    const row = this.#table.get(transferId);
    if (row && isServed(row)) return this.catalog.setServedPaused(transferId, true);
    row?.transfer.pause();
    await this.#remember(transferId, { isPaused: true });
  }

  async resume(transferId: string): Promise<void> {
    const row = this.#table.get(transferId);
    if (row && isServed(row)) return this.catalog.setServedPaused(transferId, false);
    if (row?.problem?.code === 'store-full') row.problem = undefined;
    row?.transfer.resume();
    await this.#remember(transferId, { isPaused: false });
  }

  async cancel(transferId: string): Promise<void> {
    this.#table.get(transferId)?.transfer.cancel();
  }

  async retry(transferId: string): Promise<void> {
    const row = this.#table.sending(transferId);
    if (!row) return this.#receiving.retry(transferId);
    if (isServed(row)) return;
    if (isEnded(row.transfer.state) && (await this.#sending.retry(row)) === 'announced') await this.dismiss(transferId);
  }

  async supplyFiles(transferId: string, files: OutgoingFile[], handles: SourceHandle[]): Promise<void> {
    const row = this.#table.sending(transferId);
    if (row) await this.#sending.supply(row, files, handles);
  }

  async lockedHandles(transferId: string): Promise<LockedHandle[]> {
    const row = this.#table.sending(transferId);
    return row ? this.#sending.lockedHandles(row) : this.#receiving.lockedHandles(transferId);
  }

  async unlock(transferId: string): Promise<void> {
    const row = this.#table.get(transferId);
    if (row?.direction === 'send') await this.#sending.reopen(row);
    else if (row) await this.#receiving.unlock(row);
  }

  async useFolder(transferId: string, folder: FileSystemDirectoryHandle): Promise<void> {
    const row = this.#table.receiving(transferId);
    if (row) await this.#receiving.useFolder(row, folder);
  }

  async move(transferId: string, to: 'up' | 'down' | 'first'): Promise<void> {
    const direction = this.#table.get(transferId)?.direction;
    const queue = [...this.#table.all()].filter(
      (row) => row.direction === direction && !isServed(row) && !isEnded(row.transfer.state),
    );
    for (const [moved, order] of reordered(queue, transferId, to)) {
      this.#table.get(moved)!.order = order;
      await this.#remember(moved, { order });
    }
    this.#balance();
    this.#publisher.touch();
  }

  async setLimits(limits: Limits): Promise<void> {
    this.#applyLimits(limits);
    await this.#records.putLimits(limits);
  }

  async dismiss(transferId: string): Promise<void> {
    const row = this.#table.get(transferId);
    if (!row || !isEnded(row.transfer.state)) return;
    this.#table.delete(transferId);
    this.#exchange.forget(transferId);
    await this.catalog.dismissed(transferId);
    // Whoever takes a failed send out of the list gives it up.
    if (row.transfer.state.status === 'failed') await this.#sends.delete(transferId);
    this.#publisher.touch();
  }

  async clearReceived(transferIds: string[]): Promise<void> {
    await this.#receiving.clear(transferIds);
    this.catalog.cleared();
  }

  async storageUse(): Promise<StorageUse> {
    const { usage = 0 } = await navigator.storage.estimate();
    return { usedBytes: usage, freeBytes: await this.#freeBytes() };
  }

  #listen(): void {
    const { events } = this.#exchange;
    events.on('incoming', (receiver) => this.#receiving.incoming(receiver));
    events.on('change', (transfer) => this.#changed(transfer));
    events.on('link', ({ peerId, open }) => {
      this.#table.setConnected(peerId, open);
      this.#publisher.touch();
    });
  }

  #changed(transfer: Outgoing | Receiver): void {
    this.#publisher.touch();
    if ('agreed' in transfer) this.#receiving.changed(transfer);
    else this.#sending.changed(transfer);
    this.catalog.changed(transfer);
    this.#balance();
  }

  #applyLimits(limits: Limits): void {
    this.#limits = limits;
    this.#exchange.rates.receive.bytesPerSecond = limits.receiveBytesPerSecond;
    this.#exchange.rates.send.bytesPerSecond = limits.sendBytesPerSecond;
    this.#balance();
    this.#publisher.touch();
  }

  /** Lets as many move as may; once for all that changes in one task. */
  #balance(): void {
    if (this.#isBalancing) return;
    this.#isBalancing = true;
    queueMicrotask(() => {
      this.#isBalancing = false;
      // What is served from the catalog has a queue of its own: neither must starve the other.
      const rows = [...this.#table.all()].filter((row) => !isServed(row));
      const { hold, release } = queueMoves(rows.map(queued), this.#limits.transfersAtOnce);
      for (const transferId of hold) this.#table.get(transferId)?.transfer.pause('queue');
      for (const transferId of release) this.#table.get(transferId)?.transfer.resume();
      this.catalog.setBusy([...this.#table.all()].some((row) => queued(row).isMoving));
    });
  }

  async #remember(transferId: string, change: { isPaused?: boolean; order?: number }): Promise<void> {
    await this.#received.change(transferId, change);
    await this.#sends.change(transferId, change);
    await this.catalog.remember(transferId, change);
  }

  async #freeBytes(enoughBytes?: number): Promise<number> {
    return measureFreeBytes(await scratchFolder(this.#userId), enoughBytes);
  }

  #snapshotNow(): EngineSnapshot {
    return {
      transfers: this.#table.snapshots(performance.now()),
      received: this.#received.list(),
      partial: this.#receiving.partial(),
      shares: this.catalog.shares(),
      serving: this.catalog.serving(),
      limits: this.#limits,
      receivedRevision: this.#received.revision,
    };
  }
}

/** Somebody fetches it from the catalog. */
function isServed({ direction, origin }: TransferRow): boolean {
  return direction === 'send' && origin === 'catalog';
}

function queued({ transferId, direction, order, transfer }: TransferRow) {
  const { state, summary } = transfer;
  return {
    transferId,
    direction,
    order,
    isMoving: state.status === 'fetching' || state.status === 'serving' || state.status === 'finishing',
    isHeld: state.status === 'paused' && state.by.me === 'queue',
    totalBytes: transfer.progress?.totalBytes ?? summary.totalBytes,
  };
}
