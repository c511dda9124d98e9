// The transfer engine as a program: runs an Exchange, remembers what was accepted, and answers the page's
// commands. Knows the page only as something that makes connections and takes snapshots.
import { blobBundle, Exchange, FerryError, isEnded, type Outgoing, type Receiver } from '@ferry/webrtc-core';
import { OpfsStores } from '@ferry/webrtc-core/stores/opfs';
import { bundlesFolder, clearScratch, scratchFolder } from '../adapters/bundle-files.ts';
import type { EngineSnapshot, EntrySnapshot, SendRequest, StorageUse } from '../adapters/engine-contract.ts';
import type { EnginePath, EnginePerson, PageFunctions, WorkerFunctions } from '../adapters/engine-rpc.ts';
import { BundleRecords } from './bundle-records.ts';
import { measureFreeBytes } from './free-space.ts';
import type { PageConnector } from './page-connector.ts';
import { PeopleDirectory } from './people-directory.ts';
import { Publisher } from './publisher.ts';
import { entrySnapshots, ReceivedBundles } from './received-bundles.ts';
import { TransferTable } from './transfer-table.ts';

/** Rates fall while nothing happens: moving transfers are shown anew this often at least. */
const TICK_MS = 1000;

export class Engine implements WorkerFunctions {
  readonly #connector: PageConnector;
  readonly #publisher: Publisher;
  readonly #people = new PeopleDirectory();
  readonly #table = new TransferTable();
  readonly #strangers = new Set<Receiver>();
  #userId!: string;
  #exchange!: Exchange;
  #stores!: OpfsStores;
  #received!: ReceivedBundles;

  constructor(connector: PageConnector, page: PageFunctions) {
    this.#connector = connector;
    this.#publisher = new Publisher(() => page.publish(this.#snapshotNow()));
  }

  async start({ userId }: { userId: string }): Promise<void> {
    await clearScratch(userId);
    this.#userId = userId;
    this.#stores = new OpfsStores(await bundlesFolder(userId));
    const records = await BundleRecords.open(userId);
    this.#received = new ReceivedBundles(records, await records.all());
    this.#exchange = new Exchange({ connector: this.#connector, stores: this.#stores });
    this.#exchange.events.on('incoming', (receiver) => this.#incoming(receiver));
    this.#exchange.events.on('change', (transfer) => this.#changed(transfer));
    this.#exchange.events.on('link', ({ peerId, open }) => {
      this.#table.setConnected(peerId, open);
      this.#publisher.touch();
    });
    for (const { transferId, peerDeviceId, summary, chosenRuns, peer, createdAt } of this.#received.unfinished()) {
      const kept = await records.entries(transferId);
      if (!kept) continue;
      const { chosen } = kept;
      const transfer = await this.#exchange.restore({
        transfer: transferId,
        peerId: peerDeviceId,
        summary,
        chosen,
        chosenRuns,
      });
      this.#table.add({ transfer, direction: 'receive', peer, createdAt });
    }
    setInterval(() => this.#table.hasUnfinished && this.#publisher.touch(), TICK_MS);
    this.#publisher.touch();
  }

  async setPeople(people: EnginePerson[]): Promise<void> {
    this.#people.replace(people);
    for (const receiver of this.#strangers) this.#incoming(receiver);
    for (const { transfer, peer, direction } of this.#table.all()) {
      if (direction !== 'send' || transfer.state.status !== 'announced') continue;
      for (const deviceId of this.#people.devicesOf(peer.userId))
        this.#exchange.addPeer(transfer as Outgoing, deviceId);
    }
  }

  async setPath(peerId: string, path: EnginePath | null): Promise<void> {
    this.#table.setPath(peerId, path);
    this.#publisher.touch();
  }

  async setUnreachable(peerId: string): Promise<void> {
    this.#connector.unreachable(peerId);
  }

  async snapshot(): Promise<EngineSnapshot> {
    return this.#snapshotNow();
  }

  async send({ toUserId, title, itemCount, files }: SendRequest): Promise<string> {
    const peer = this.#people.person(toUserId);
    if (!peer) throw new Error('unknown-person');
    const bundle = blobBundle(files.map(({ path, file }) => ({ path, blob: file })));
    try {
      return this.#announce(bundle, { title, itemCount }, peer);
    } catch (error) {
      // Only the message of an error crosses to the page.
      throw error instanceof FerryError && error.code === 'manifest-invalid' ? new Error('too-much') : error;
    }
  }

  async entries(transferId: string): Promise<EntrySnapshot[]> {
    const transfer = this.#table.get(transferId)?.transfer;
    if (transfer && 'agreed' in transfer && !isEnded(transfer.state)) return entrySnapshots(transfer);
    return this.#received.entries(transferId);
  }

  async accept(transferId: string, entryIndexes?: number[]): Promise<void> {
    const row = this.#table.get(transferId);
    const receiver = this.#receiver(transferId);
    if (!row || !receiver?.manifest) return;
    const chosen = entryIndexes ?? [...receiver.manifest.entries.keys()];
    const neededBytes = chosen.reduce((sum, index) => sum + (receiver.manifest?.entries[index]?.sizeBytes ?? 0), 0);
    const freeBytes = await this.#freeBytes(neededBytes);
    row.problem = undefined;
    if (neededBytes > freeBytes) {
      row.problem = { code: 'store-full', neededBytes, freeBytes };
      this.#publisher.touch();
      throw new Error('store-full');
    }
    await receiver.accept(chosen);
    await this.#received.accepted(receiver, row.peer);
    // It may have ended while it was being remembered.
    this.#changed(receiver);
  }

  async decline(transferId: string): Promise<void> {
    this.#receiver(transferId)?.decline();
  }

  async pause(transferId: string): Promise<void> {
    this.#table.get(transferId)?.transfer.pause();
  }

  async resume(transferId: string): Promise<void> {
    const row = this.#table.get(transferId);
    if (row) row.problem = undefined;
    row?.transfer.resume();
  }

  async cancel(transferId: string): Promise<void> {
    this.#table.get(transferId)?.transfer.cancel();
  }

  async retry(transferId: string): Promise<void> {
    const row = this.#table.get(transferId);
    if (!row || !('bundle' in row.transfer) || !isEnded(row.transfer.state)) return;
    this.#announce(row.transfer.bundle, row.transfer.summary, row.peer);
    await this.dismiss(transferId);
  }

  async dismiss(transferId: string): Promise<void> {
    const row = this.#table.get(transferId);
    if (!row || !isEnded(row.transfer.state)) return;
    this.#table.delete(transferId);
    this.#exchange.forget(transferId);
    this.#publisher.touch();
  }

  async clearReceived(transferIds: string[]): Promise<void> {
    for (const transferId of transferIds) {
      await this.#received.delete(transferId);
      await this.#stores.delete(transferId);
    }
    this.#publisher.touch();
  }

  async storageUse(): Promise<StorageUse> {
    const { usage = 0 } = await navigator.storage.estimate();
    return { usedBytes: usage, freeBytes: await this.#freeBytes() };
  }

  #announce(bundle: Outgoing['bundle'], { title, itemCount }: BundleName, peer: EnginePersonName): string {
    const devices = this.#people.devicesOf(peer.userId);
    const transfer = this.#exchange.announce(bundle, { title, itemCount }, devices);
    this.#table.add({ transfer, direction: 'send', peer, createdAt: Date.now() });
    this.#publisher.touch();
    return transfer.transfer;
  }

  #incoming(receiver: Receiver): void {
    const peer = this.#people.ownerOf(receiver.peerId);
    // The server's word of whose device it is may come a moment later than the device's own.
    if (!peer) return void this.#strangers.add(receiver);
    this.#strangers.delete(receiver);
    this.#table.add({ transfer: receiver, direction: 'receive', peer, createdAt: Date.now() });
    this.#publisher.touch();
  }

  #changed(transfer: Outgoing | Receiver): void {
    this.#publisher.touch();
    if (!('agreed' in transfer) || !this.#received.has(transfer.transfer)) return;
    const { state } = transfer;
    if (state.status === 'paused' && state.cause === 'store-full') void this.#explainFullStore(transfer);
    if (state.status === 'cancelled') void this.#received.delete(transfer.transfer);
    if (state.status === 'done' || state.status === 'failed') {
      void this.#received.ended(transfer).then(() => this.#publisher.touch());
    }
  }

  async #explainFullStore(receiver: Receiver): Promise<void> {
    const row = this.#table.get(receiver.transfer);
    if (!row || row.problem) return;
    const neededBytes = (receiver.progress?.totalBytes ?? 0) - (receiver.progress?.doneBytes ?? 0);
    row.problem = { code: 'store-full', neededBytes, freeBytes: await this.#freeBytes(neededBytes) };
    this.#publisher.touch();
  }

  async #freeBytes(enoughBytes?: number): Promise<number> {
    return measureFreeBytes(await scratchFolder(this.#userId), enoughBytes);
  }

  #receiver(transferId: string): Receiver | undefined {
    const transfer = this.#table.get(transferId)?.transfer;
    return transfer && 'agreed' in transfer ? transfer : undefined;
  }

  #snapshotNow(): EngineSnapshot {
    return {
      transfers: this.#table.snapshots(performance.now()),
      received: this.#received.list(),
      receivedRevision: this.#received.revision,
    };
  }
}

type BundleName = Pick<Outgoing['summary'], 'title' | 'itemCount'>;
type EnginePersonName = Pick<EnginePerson, 'userId' | 'username'>;
