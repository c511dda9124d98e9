// People who share, serve and download on one simulated network: real exchanges, real records in IndexedDB, real
// signatures. Chunks are kept in memory, and time passes by hand. For tests.
import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import type { Audience, ContentId } from '@ferry/shared';
import { CapabilityChecker } from '@ferry/store-holder';
import { type BundleLayout, Exchange, MemoryStores, type Outgoing, type Receiver } from '@ferry/webrtc-core';
import { ManualClock, SimulatedNetwork } from '@ferry/webrtc-core/testing';
import { DEFAULT_SERVING, type DownloadRequest, type ServingSettings } from '../../adapters/catalog-contract.ts';
import type { TransferSnapshot } from '../../adapters/engine-contract.ts';
import { BundleRecords } from '../bundle-records.ts';
import type { BundleStores } from '../bundle-stores.ts';
import { PeopleDirectory } from '../people-directory.ts';
import { ReceivedBundles } from '../received-bundles.ts';
import { Receiving } from '../receiving.ts';
import type { StoreSide } from '../receiving-restore.ts';
import { TransferTable } from '../transfer-table.ts';
import { TestingServer } from './catalog.testing-server.ts';
import { TestingShares } from './catalog.testing-shares.ts';
import { type CatalogDatabase, openCatalogDatabase } from './catalog-database.ts';
import { Downloads } from './downloads.ts';
import { HeldContents } from './held-contents.ts';
import { Holdings } from './holdings.ts';
import { ServedRecords } from './served-records.ts';
import { Serving } from './serving.ts';

/** Of the clock's time, between two looks at whether something has happened: longer the longer nothing does. */
const LEAST_STEP_MS = 20;
const MOST_STEP_MS = 250;
const LONGEST_MS = 10 * 60_000;

export class CatalogGround {
  readonly clock = new ManualClock();
  readonly network = new SimulatedNetwork({ seed: 1, clock: this.clock });
  readonly server: TestingServer;
  readonly #people: Participant[] = [];

  private constructor(server: TestingServer) {
    this.server = server;
  }

  static async start(): Promise<CatalogGround> {
    return new CatalogGround(await TestingServer.start());
  }

  async join(username: string): Promise<Participant> {
    const participant = new Participant(this, username);
    this.#people.push(participant);
    await participant.start();
    return participant;
  }

  /** Everybody hears who is there. */
  tellPresence(): void {
    const people = this.#people.map(({ userId, username, deviceId }) => ({
      userId,
      username,
      deviceIds: this.server.online.has(deviceId) ? [deviceId] : [],
    }));
    for (const participant of this.#people) participant.setPeople(people);
  }

  async until(happened: () => boolean, what = String(happened)): Promise<void> {
    const endMs = this.clock.now() + LONGEST_MS;
    for (let stepMs = LEAST_STEP_MS; !happened(); stepMs = longer(stepMs)) {
      if (this.clock.now() > endMs) throw new Error(`It did not happen: ${what}`);
      await this.#step(stepMs);
    }
  }

  async pass(ms: number): Promise<void> {
    const endMs = this.clock.now() + ms;
    for (let stepMs = LEAST_STEP_MS; this.clock.now() < endMs; stepMs = longer(stepMs)) {
      await this.#step(Math.min(stepMs, endMs - this.clock.now()));
    }
  }

  async #step(ms: number): Promise<void> {
    // Databases and hashing take real time: a little of it passes with every step.
    await new Promise((resolve) => setTimeout(resolve));
    await this.clock.settle();
    this.clock.advance(ms);
  }
}

/** Stands for bytes: a test runner takes seconds to compare some megabytes. */
export function digest(bytes: Uint8Array): string {
  return `${bytes.length} ${createHash('sha256').update(bytes).digest('hex')}`;
}

/** In whole milliseconds: what is a fraction of one away may never come. */
function longer(stepMs: number): number {
  return Math.min(MOST_STEP_MS, stepMs + 1);
}

export interface SharedTree {
  shareId: string;
  place(path: string): DownloadRequest;
}

export class Participant {
  readonly username: string;
  readonly userId = crypto.randomUUID();
  readonly deviceId = crypto.randomUUID();
  readonly stores = new KeptInMemory();
  readonly shares = new TestingShares();
  settings: ServingSettings = DEFAULT_SERVING;
  table!: TransferTable;
  downloads!: Downloads;
  serving!: Serving;
  received!: ReceivedBundles;
  held!: HeldContents;
  holdings!: Holdings;
  receiving!: Receiving;
  freeBytes = Number.MAX_SAFE_INTEGER;
  readonly #ground: CatalogGround;
  #database!: CatalogDatabase;
  #people!: PeopleDirectory;
  #life = 0;

  constructor(ground: CatalogGround, username: string) {
    this.#ground = ground;
    this.username = username;
  }

  /** Starts, also anew after {@link leave}: with what is on the disk and nothing else. */
  async start(): Promise<void> {
    const { clock, network, server } = this.#ground;
    const life = ++this.#life;
    const isAlive = () => life === this.#life;
    const { userId, deviceId, stores } = this;
    const records = await BundleRecords.open(userId);
    this.#database ??= await openCatalogDatabase(userId);
    const people = new PeopleDirectory();
    const table = new TransferTable(people);
    const received = new ReceivedBundles(records, await records.bundles());
    const exchange: Exchange = new Exchange({
      connector: network.join(deviceId),
      stores,
      clock,
      memory: { accepting: (receiver) => receiving.accepting(receiver), delivered: async () => {} },
    });
    const api = server.for(userId);
    const shared = { deviceId, exchange, table, people, records, clock, touch: () => {} };
    const catalog = {
      originOf: (transferId: string) => downloads.originOf(transferId),
      fetchAgain: (...args: Parameters<Downloads['fetchAgain']>) => downloads.fetchAgain(...args),
    };
    const kept = stores as unknown as BundleStores;
    const freeBytes = async () => this.freeBytes;
    const receiving: Receiving = new Receiving({
      ...shared,
      received,
      stores: kept,
      catalog,
      store: NO_STORE,
      freeBytes,
    });
    const downloads = new Downloads({ ...shared, received, receiving, grant: api.grant, random: () => 0.5 });
    const isAllowed = (): boolean => serving.settings.sharesDownloads;
    const outgrown = (): void => void serving.narrowed();
    const held: HeldContents = new HeldContents({ ...shared, received, stores: kept, isAllowed, outgrown });
    const holdings: Holdings = new Holdings({ ...shared, held, server: api });
    const checker = new CapabilityChecker({ deviceId, fetchKey: api.key });
    const offers = { checker, shared: this.shares, held, ownUserId: userId };
    const served = new ServedRecords(this.#database);
    const serving: Serving = new Serving({ ...shared, ...offers, records: served }, this.settings);
    exchange.events.on('asked', (asked) => void (isAlive() && serving.asked(asked)));
    exchange.events.on('link', ({ peerId, open }) => open || serving.linkClosed(peerId));
    exchange.events.on('change', (transfer: Receiver | Outgoing) => {
      if (!isAlive()) return;
      if (!('agreed' in transfer)) return serving.changed(transfer);
      receiving.changed(transfer);
      downloads.changed(transfer);
      holdings.changed();
    });
    this.#people = people;
    Object.assign(this, { table, downloads, serving, received, held, holdings, receiving });
    await receiving.restore();
    await serving.restore();
    await downloads.restore();
    holdings.changed();
    server.online.set(deviceId, userId);
    this.#ground.tellPresence();
  }

  /** The browser is closed: what it had in memory is gone. */
  leave(): void {
    this.#life++;
    this.#ground.network.leave(this.deviceId);
    this.#ground.server.online.delete(this.deviceId);
    this.#ground.tellPresence();
  }

  setPeople(people: Parameters<PeopleDirectory['replace']>[0]): void {
    this.#people?.replace(people);
    this.downloads?.peopleChanged(new Set(people.flatMap(({ deviceIds }) => deviceIds)));
  }

  /** Lists files by their paths within a folder; verified ones unless said otherwise. */
  async share(
    title: string,
    files: Record<string, Uint8Array>,
    { isVerified = true, audience = { type: 'everyone' } as Audience } = {},
  ): Promise<SharedTree> {
    const shareId = crypto.randomUUID();
    this.shares.add(shareId, { title, audience });
    const { userId, deviceId } = this;
    this.#ground.server.shares.set(shareId, { userId, deviceId, audience, files: new Map() });
    for (const [path, bytes] of Object.entries(files)) await this.write(shareId, path, bytes, { isVerified });
    return { shareId, place: (path) => this.#requestFor(shareId, path) };
  }

  /** Makes or changes a file, and lists it as it is then; with `claims` as what it is not. */
  async write(
    shareId: string,
    path: string,
    bytes: Uint8Array,
    { isVerified = true, claims = null as ContentId | null, lastModified = 1_700_000_000_000 } = {},
  ): Promise<void> {
    const contentId = await this.shares.write(shareId, path, bytes, { isVerified, claims, lastModified });
    this.#ground.server.shares.get(shareId)!.files.set(path, contentId);
  }

  snapshots(): TransferSnapshot[] {
    return this.table.snapshots(this.#ground.clock.now());
  }

  snapshot(transferId: string): TransferSnapshot | undefined {
    return this.snapshots().find((snapshot) => snapshot.transferId === transferId);
  }

  /** Of every file of a bundle that is kept what its bytes are, by path. */
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

  #requestFor(shareId: string, path: string): DownloadRequest {
    const { title, files: all } = this.shares.get(shareId)!;
    const files = [...all].filter(([file]) => path === '' || file === path || file.startsWith(`${path}/`));
    const listed = this.#ground.server.shares.get(shareId)!.files;
    return {
      place: { shareId, path },
      title: path === '' ? title : path.split('/').at(-1)!,
      fileCount: files.length,
      totalBytes: files.reduce((sum, [, { file }]) => sum + file.size, 0),
      owner: { userId: this.userId, username: this.username },
      contentId: (listed.get(path) ?? null) as ContentId | null,
    };
  }
}

/** Nobody here fetches anything from the Store. */
const NO_STORE: StoreSide = {
  accept: () => Promise.reject(new Error('not in a catalog')),
  fetchAgain: () => Promise.reject(new Error('not in a catalog')),
  ended: async () => undefined,
  kept: () => {},
};

/** What {@link BundleStores} is to the engine, in memory. */
export class KeptInMemory extends MemoryStores {
  readonly #ids = new Set<string>();

  override async open(transferId: string, layout: BundleLayout) {
    this.#ids.add(transferId);
    return super.open(transferId, layout);
  }

  override async delete(transferId: string): Promise<void> {
    this.#ids.delete(transferId);
    await super.delete(transferId);
  }

  override async list(): Promise<string[]> {
    return [...this.#ids];
  }

  keepIn(): void {}

  async content(transferId: string, layout: BundleLayout): Promise<Blob> {
    const store = await super.open(transferId, layout);
    const pieces = Array.from({ length: layout.chunkCount }, async (_, chunk) =>
      store.have.has(chunk) ? store.read(chunk) : new Uint8Array(layout.lengthOf(chunk)),
    );
    return new Blob((await Promise.all(pieces)) as Uint8Array<ArrayBuffer>[]);
  }

  async hashes(transferId: string, layout: BundleLayout) {
    const store = await super.open(transferId, layout);
    return (chunk: number) => store.hashOf(chunk);
  }
}
