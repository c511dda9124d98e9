// The transfer engine as a program: starts its parts, tells them what happens outside and to transfers, and takes
// snapshots. Knows the page only as something that makes connections and takes snapshots.
import type { StoreEvent } from '@ferry/shared';
import type { Asked, NoPathCode, Outgoing, Receiver } from '@ferry/webrtc-core';
import type { EngineSnapshot } from '../adapters/engine-contract.ts';
import type {
  EngineFunctions,
  EnginePath,
  EnginePerson,
  PageFunctions,
  WorkerFunctions,
} from '../adapters/engine-rpc.ts';
import { CatalogDesk } from './catalog/catalog-desk.ts';
import { type EngineParts, openEngineParts } from './engine-parts.ts';
import type { PageConnector } from './page-connector.ts';
import { PeopleDirectory } from './people-directory.ts';
import { Publisher } from './publisher.ts';
import { isForColumns } from './store/columns-ask.ts';
import { StoreDesk } from './store/store-desk.ts';
import { TransferCommands } from './transfer-commands.ts';
import { TransferTable } from './transfer-table.ts';
import { DEFAULT_LIMITS } from './transfer-turns.ts';

/** Rates fall while nothing happens: moving transfers are shown anew this often at least. */
const TICK_MS = 1000;
/** How often it is looked whether there is room again. */
const SPACE_CHECK_MS = 5000;

type OfTheEngine = Exclude<keyof WorkerFunctions, keyof EngineFunctions> | 'snapshot';

export class Engine implements Pick<WorkerFunctions, OfTheEngine> {
  readonly catalog = new CatalogDesk();
  readonly store = new StoreDesk();
  readonly #connector: PageConnector;
  readonly #publisher: Publisher;
  readonly #people = new PeopleDirectory();
  readonly #table = new TransferTable(this.#people);
  #parts!: EngineParts;
  #commands!: TransferCommands;

  constructor(connector: PageConnector, page: PageFunctions) {
    this.#connector = connector;
    // Its parts may have news before they are all there.
    this.#publisher = new Publisher(() => this.#parts && page.publish(this.#snapshotNow()));
  }

  /** Once it has started. */
  get commands(): TransferCommands {
    return this.#commands;
  }

  async start({ userId, deviceId }: { userId: string; deviceId: string }): Promise<void> {
    const touch = () => this.#publisher.touch();
    const own = {
      connector: this.#connector,
      people: this.#people,
      table: this.#table,
      catalog: this.catalog,
      store: this.store,
    };
    this.#parts = await openEngineParts({ ...own, userId, deviceId, touch });
    this.#commands = new TransferCommands(this.#parts);
    const { records, receiving, sending, sends, journals, turns } = this.#parts;
    this.#listen();
    turns.setLimits((await records.limits()) ?? DEFAULT_LIMITS);
    await receiving.restore();
    await sending.restore();
    await this.catalog.restore();
    await this.store.restore();
    for (const transfer of await journals.list()) if (!sends.get(transfer)) await journals.delete(transfer);
    setInterval(() => this.#table.hasUnfinished && touch(), TICK_MS);
    setInterval(() => void receiving.space.resumeWhatFits(), SPACE_CHECK_MS);
    touch();
  }

  async setPeople(people: EnginePerson[], isFresh: boolean): Promise<void> {
    const online = people.flatMap(({ deviceIds }) => deviceIds);
    this.#people.replace(people);
    this.#table.setOnline(online);
    this.#parts.receiving.peopleChanged();
    this.#parts.sending.peopleChanged();
    this.catalog.peopleChanged(new Set(online), { isFresh });
    this.store.peopleChanged(new Set(online), { isFresh });
    // Who is online is part of what is shown of downloads.
    this.#publisher.touch();
  }

  async sharesEnded(): Promise<void> {
    this.catalog.sharesEnded();
  }

  async storeTold(event: StoreEvent): Promise<void> {
    this.store.told(event);
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

  #listen(): void {
    const { exchange, receiving } = this.#parts;
    exchange.events.on('incoming', (receiver) => receiving.incoming(receiver));
    exchange.events.on('asked', (asked) => this.#asked(asked));
    exchange.events.on('change', (transfer) => this.#changed(transfer));
    // For whoever is asked to find out why: it names nobody and no file.
    exchange.events.on('peer-error', ({ error }) => console.warn(`Peer dropped: ${error.code}, ${error.message}`));
    exchange.events.on('link', ({ peerId, open }) => {
      this.#table.setConnected(peerId, open);
      this.#publisher.touch();
    });
  }

  #asked(asked: Asked): void {
    if (isForColumns(asked.reference)) this.store.asked(asked);
    else this.catalog.asked(asked);
  }

  #changed(transfer: Outgoing | Receiver): void {
    const { receiving, sending, turns } = this.#parts;
    this.store.changed(transfer);
    if (this.store.isOwn(transfer.transfer)) return;
    this.#publisher.touch();
    if ('agreed' in transfer) receiving.changed(transfer);
    else sending.changed(transfer);
    this.catalog.changed(transfer);
    turns.balance();
  }

  #snapshotNow(): EngineSnapshot {
    const { received, receiving, turns } = this.#parts;
    return {
      transfers: this.#table.snapshots(performance.now()),
      received: received.list(),
      partial: receiving.partial(),
      shares: this.catalog.shares(),
      endedShares: this.catalog.endedShares(),
      serving: this.catalog.serving(),
      store: this.store.snapshot(),
      limits: turns.limits,
      receivedRevision: received.revision,
    };
  }
}
