// Somebody who downloads from the Store, and those who keep it, on one simulated network: real exchanges, real records, real
// codes. The server is scripted by hand, and time passes by hand. For tests.
import 'fake-indexeddb/auto';
import { type Column, columnsReferenceSchema, type Delivery, type OpenedVersion, type WrongBytes } from '@ferry/shared';
import { type DeviceKeyPairs, makeDeviceKeys, type ServedColumn } from '@ferry/store-holder';
import { Exchange, type Outgoing, type Receiver } from '@ferry/webrtc-core';
import { loadKernel } from '@ferry/webrtc-core/erasure';
import { ManualClock, SimulatedNetwork } from '@ferry/webrtc-core/testing';
import type { TransferSnapshot } from '../../adapters/engine-contract.ts';
import type { StoreDownloadRequest } from '../../adapters/store-contract.ts';
import { BundleRecords } from '../bundle-records.ts';
import type { BundleStores } from '../bundle-stores.ts';
import { digest, KeptInMemory } from '../catalog/catalog.testing-ground.ts';
import { PeopleDirectory } from '../people-directory.ts';
import { ReceivedBundles } from '../received-bundles.ts';
import { Receiving } from '../receiving.ts';
import { Refusal } from '../refusal.ts';
import { TransferTable } from '../transfer-table.ts';
import { Deliveries } from './deliveries.ts';
import type { DeliveryServer } from './delivery-server.ts';
import type { TestingVersion } from './download.testing-version.ts';
import type { DownloadServer } from './download-server.ts';
import { StoreDownloads } from './downloads.ts';
import { OwnColumns } from './own-columns.ts';

const STEP_MS = 50;
const LONGEST_MS = 10 * 60_000;
const kernel = await loadKernel();

export interface TestingHolder {
  readonly deviceId: string;
  readonly userId: string;
  indexes: readonly number[];
  isWrong: boolean;
  isOnline: boolean;
  /** Chunk bytes that it gave. */
  givenBytes: () => number;
}

export class StoreGround {
  readonly clock = new ManualClock();
  readonly network = new SimulatedNetwork({ seed: 3, clock: this.clock });
  readonly holders: TestingHolder[] = [];
  readonly versions = new Map<string, TestingVersion>();
  readonly reports: WrongBytes[] = [];
  /** What waits for bob, with its pages. */
  readonly waiting = new Map<string, { delivery: Delivery; pages: readonly string[] }>();
  readonly outcomes: { versionId: string; outcome: string }[] = [];
  /** Indexes whose content ids the server has been told. */
  isKnown: (index: number) => boolean = () => true;
  isReachable = true;
  openCount = 0;
  readonly bob = new Downloader(this);
  readonly #capabilities = new Set<string>();

  add(version: TestingVersion): StoreDownloadRequest {
    this.versions.set(version.versionId, version);
    const { versionId, bytes } = version;
    const owner = { userId: 'ada', username: 'ada' };
    return { versionId, name: 'a.bin', sizeBytes: bytes.length, mediaType: '', modifiedMs: 5, owner };
  }

  /** Somebody who keeps columns of these indexes. */
  hold(...indexes: number[]): TestingHolder {
    const served: Outgoing[] = [];
    const holder: TestingHolder = {
      ...{ deviceId: crypto.randomUUID(), userId: crypto.randomUUID(), indexes, isWrong: false, isOnline: false },
      givenBytes: () => served.reduce((sum, { movedBytes }) => sum + movedBytes, 0),
    };
    this.holders.push(holder);
    this.come(holder, served);
    return holder;
  }

  come(holder: TestingHolder, served: Outgoing[] = []): void {
    const exchange = new Exchange({
      connector: this.network.join(holder.deviceId),
      stores: new KeptInMemory(),
      clock: this.clock,
    });
    holder.isOnline = true;
    exchange.events.on('asked', (asked) => {
      const { capability, want } = columnsReferenceSchema.parse(JSON.parse(asked.reference));
      const version = this.versions.get(want.versionId);
      if (!this.#capabilities.has(capability)) return asked.refuse('expired');
      const indexes = holder.indexes.filter((index) => want.columns.some((run) => run.index === index));
      if (!version || indexes.length === 0) return asked.refuse('not-found');
      served.push(asked.serve(version.bundleOf(indexes, holder), { title: want.versionId, itemCount: 1 }));
    });
    this.#tellPresence();
  }

  leave(holder: TestingHolder): void {
    holder.isOnline = false;
    this.network.leave(holder.deviceId);
    this.#tellPresence();
  }

  readonly server: DownloadServer = {
    open: async ({ versionId }) => {
      this.openCount++;
      const version = this.#find(versionId);
      const grants = this.holders.map((holder) => this.#grant(version, holder));
      return version.opened(grants);
    },
    groups: async ({ versionId, firstGroup }) => this.#find(versionId).groups(firstGroup, this.isKnown),
    report: async (wrong) => void this.reports.push(wrong),
  };

  readonly deliveries: Pick<DeliveryServer, 'deliveries' | 'sealed' | 'delivered'> = {
    deliveries: async () => {
      if (!this.isReachable) throw new Refusal('unreachable');
      return [...this.waiting.values()].map(({ delivery }) => delivery);
    },
    sealed: async ({ versionId, page }) => this.waiting.get(versionId)!.pages[page]!,
    delivered: async ({ versionId, outcome }) => {
      if (!this.isReachable) throw new Refusal('unreachable');
      this.outcomes.push({ versionId, outcome });
      this.waiting.delete(versionId);
      this.versions.delete(versionId);
    },
  };

  async until(happened: () => boolean, what = String(happened)): Promise<void> {
    const endMs = this.clock.now() + LONGEST_MS;
    while (!happened()) {
      if (this.clock.now() > endMs) throw new Error(`It did not happen: ${what}`);
      await this.pass(STEP_MS);
    }
  }

  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= STEP_MS) {
      // Databases and hashing take real time: a little of it passes with every step.
      await new Promise((resolve) => setTimeout(resolve));
      await this.clock.settle();
      this.clock.advance(Math.min(STEP_MS, left));
    }
  }

  /** Somebody who keeps columns and downloads: they need not be fetched from anybody else. */
  holdAtBob(...indexes: number[]): void {
    const { deviceId, userId } = this.bob;
    const about = { isWrong: false, isOnline: true, givenBytes: () => 0 };
    this.holders.push({ deviceId, userId, indexes, ...about });
  }

  /** @returns what the holder with this device keeps of a version */
  keptBy(deviceId: string, versionId: string, isAsked: (column: Column) => boolean): ServedColumn[] {
    const indexes = this.holders.find((holder) => holder.deviceId === deviceId)?.indexes ?? [];
    return (this.versions.get(versionId)?.files(indexes) ?? []).filter(({ column }) => isAsked(column));
  }

  /** As the page tells it. */
  get people() {
    return this.holders.map(({ userId, deviceId, isOnline }) => {
      return { userId, username: userId, deviceIds: isOnline ? [deviceId] : [] };
    });
  }

  #tellPresence(): void {
    this.bob.setPeople(this.people);
  }

  #find(versionId: string): TestingVersion {
    if (!this.isReachable) throw new Refusal('unreachable');
    const version = this.versions.get(versionId);
    if (!version) throw new Refusal('not-found');
    return version;
  }

  #grant({ geometry }: TestingVersion, holder: TestingHolder): OpenedVersion['grants'][number] {
    const capability = crypto.randomUUID();
    this.#capabilities.add(capability);
    const { userId, deviceId, isOnline, indexes } = holder;
    const columns = indexes.map((index) => ({ index, firstGroup: 0, groupCount: geometry.groupCount }));
    return { userId, deviceId, isOnline, capability, columns };
  }
}

export class Downloader {
  readonly userId = crypto.randomUUID();
  readonly deviceId = crypto.randomUUID();
  readonly stores = new KeptInMemory();
  table!: TransferTable;
  received!: ReceivedBundles;
  receiving!: Receiving;
  downloads!: StoreDownloads;
  deliveries!: Deliveries;
  keys!: DeviceKeyPairs;
  freeBytes = Number.MAX_SAFE_INTEGER;
  readonly #ground: StoreGround;
  #people: PeopleDirectory | undefined;
  #life = 0;

  constructor(ground: StoreGround) {
    this.#ground = ground;
  }

  /** Starts, also anew after {@link leave}: with what is on the disk and nothing else. */
  async start(): Promise<void> {
    const { clock, network, server, people: there } = this.#ground;
    const life = ++this.#life;
    const { userId, deviceId } = this;
    const stores = this.stores as unknown as BundleStores;
    const records = await BundleRecords.open(userId);
    const people = new PeopleDirectory();
    const table = new TransferTable(people);
    const received = new ReceivedBundles(records, await records.bundles());
    const connector = new OwnColumns({ deviceId, connector: network.join(deviceId), clock });
    connector.columns = { find: async (versionId, isAsked) => this.#ground.keptBy(deviceId, versionId, isAsked) };
    const exchange: Exchange = new Exchange({ connector, stores, clock });
    const touch = () => {};
    const shared = { deviceId, exchange, table, people, records, received, stores, clock, touch };
    const catalog = { originOf: () => undefined, fetchAgain: () => Promise.reject(new Error('no catalog')) };
    const store = {
      accept: (...all: Parameters<StoreDownloads['accept']>) => downloads.accept(...all),
      fetchAgain: (...all: Parameters<StoreDownloads['fetchAgain']>) => downloads.fetchAgain(...all),
      ended: (receiver: Receiver) => downloads.ended(receiver),
      kept: (transferId: string) => deliveries.kept(transferId),
    };
    this.keys ??= await makeDeviceKeys();
    const agreementKey = this.keys.agreement.privateKey;
    const freeBytes = async () => this.freeBytes;
    const receiving: Receiving = new Receiving({ ...shared, catalog, store, freeBytes });
    const downloads = new StoreDownloads({
      ...shared,
      receiving,
      server,
      kernel: async () => kernel,
      random: () => 0.5,
    });
    const delivery = { server: this.#ground.deliveries, agreementKey, random: () => 0.5 };
    const deliveries = new Deliveries({ ...shared, ...delivery, downloads });
    exchange.events.on('change', (transfer: Receiver | Outgoing) => {
      if (life !== this.#life || !('agreed' in transfer)) return;
      downloads.changed(transfer);
      deliveries.changed(transfer);
      receiving.changed(transfer);
    });
    this.#people = people;
    Object.assign(this, { table, received, receiving, downloads, deliveries });
    this.setPeople(there);
    await receiving.restore();
    deliveries.look();
  }

  /** The browser is closed: what it had in memory is gone. */
  leave(): void {
    this.#life++;
    this.#ground.network.leave(this.deviceId);
    this.#people = undefined;
  }

  setPeople(people: Parameters<PeopleDirectory['replace']>[0]): void {
    if (!this.#people) return;
    this.#people.replace(people);
    this.downloads.peopleChanged(new Set(people.flatMap(({ deviceIds }) => deviceIds)));
  }

  snapshot(transferId: string): TransferSnapshot | undefined {
    return this.table.snapshots(this.#ground.clock.now()).find((snapshot) => snapshot.transferId === transferId);
  }

  /** Of every file that is kept what its bytes are, by path. */
  async contents(transferId: string): Promise<Record<string, string>> {
    const content = new Uint8Array(await (await this.receiving.content(transferId)).arrayBuffer());
    const found: Record<string, string> = {};
    let at = 0;
    for (const { path, sizeBytes, verified } of await this.receiving.entries(transferId)) {
      if (verified) found[path.join('/')] = digest(content.subarray(at, at + sizeBytes));
      at += sizeBytes;
    }
    return found;
  }
}
