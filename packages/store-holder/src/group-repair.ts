// Makes columns of one group again, from any k others of it: those that are here, and what devices give of theirs. What is
// made is on the shelf, each as its content id says. Knows no lease and no server.
import {
  type Clock,
  ContentError,
  type Exchange,
  isEnded,
  type Receiver,
  type SourceOptions,
  type TransferId,
} from '@ferry/webrtc-core';
import { loadKernel } from '@ferry/webrtc-core/erasure';
import { AidedSets } from './aided-sets.ts';
import { FORGET_AFTER_MS } from './column-fetch.ts';
import type { ColumnShelf } from './column-shelf.ts';
import { columnsReference } from './columns-reference.ts';
import { RebuiltColumns } from './rebuilt-columns.ts';
import { type ColumnsAt, columnIn, columnsAtDevices, type RepairDuty } from './repair-duty.ts';
import { TransferStore } from './transfer-store.ts';

/** Each is a connection; any k of them are enough. */
const MOST_SOURCES = 12;

export type RepairOutcome =
  | 'made'
  /** The disk has no room. */
  | 'full'
  /** What it was made from is what it must be, and what was made is not: it cannot be repaired from what is known. */
  | 'wrong'
  | 'failed'
  | 'stopped';

export interface GroupRepairOptions {
  exchange: Exchange;
  shelf: ColumnShelf;
  clock: Clock;
  /** See {@link ColumnFetch}. */
  own: Set<TransferId>;
}

export class GroupRepair {
  /** Resolves when its files are free. */
  readonly ended: Promise<RepairOutcome>;
  readonly #options: GroupRepairOptions;
  readonly #transfer = crypto.randomUUID();
  readonly #stop = new AbortController();
  readonly #columns: RebuiltColumns;
  #duty: RepairDuty;
  #receiver: Receiver | undefined;

  constructor(duty: RepairDuty, options: GroupRepairOptions) {
    this.#options = options;
    this.#duty = duty;
    this.#columns = new RebuiltColumns(duty, options.shelf);
    this.ended = this.#run();
  }

  get movedBytes(): number {
    return this.#receiver?.movedBytes ?? 0;
  }

  /** Who may be asked now, with fresh leave. */
  update(duty: RepairDuty): void {
    this.#duty = duty;
    const receiver = this.#receiver;
    if (!receiver || isEnded(receiver.state)) return;
    const { exchange } = this.#options;
    const there = new Set(this.#devices().map(({ deviceId }) => deviceId));
    for (const { peerId } of receiver.sources) if (!there.has(peerId)) exchange.removeSource(receiver, peerId);
    for (const deviceId of there) exchange.addSource(receiver, this.#source(deviceId));
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.ended;
  }

  async #run(): Promise<RepairOutcome> {
    const outcome = await this.#make().catch(failureOf);
    if (outcome === 'wrong' || outcome === 'failed') await this.#columns.checkHere();
    return outcome;
  }

  async #make(): Promise<RepairOutcome> {
    await this.#columns.begin();
    const outcome = await this.#rebuild();
    if (outcome !== 'made') return outcome;
    return (await this.#columns.keep()) ? 'made' : 'wrong';
  }

  async #rebuild(): Promise<RepairOutcome> {
    const aided = await this.#columns.open(await loadKernel());
    const store = new TransferStore({ open: async () => this.#columns.open(await loadKernel()) }, '', aided);
    try {
      await aided.fill();
    } catch (error) {
      await store.closeUnused().catch(() => {});
      throw error;
    }
    if (aided.isWhole || this.#stop.signal.aborted) {
      await store.closeUnused();
      return aided.isWhole ? 'made' : 'stopped';
    }
    const receiver = await this.#begin(store);
    const outcome = await this.#ending(receiver);
    if (!isEnded(receiver.state)) receiver.cancel();
    this.#options.clock.after(FORGET_AFTER_MS, () => this.#forget());
    await store.closed;
    return outcome;
  }

  async #begin(stores: TransferStore): Promise<Receiver> {
    const { exchange, own } = this.#options;
    const bundle = this.#columns.bundle();
    const chosen = bundle.manifest;
    const [title, entryCount] = [chosen.entries[0]?.path[0] ?? '', chosen.entries.length];
    own.add(this.#transfer);
    this.#receiver = await exchange.fetch({
      ...{ transfer: this.#transfer, manifest: chosen, stores, mostSources: MOST_SOURCES },
      summary: { title, itemCount: 1, entryCount, totalBytes: bundle.layout.totalBytes },
      sets: new AidedSets(bundle, [...this.#columns.here.keys()]),
      sources: this.#devices().map(({ deviceId }) => this.#source(deviceId)),
      accepted: { chosen, chosenRuns: [{ first: 0, count: entryCount }] },
    });
    this.update(this.#duty);
    return this.#receiver;
  }

  #ending(receiver: Receiver): Promise<RepairOutcome> {
    const { promise, resolve } = Promise.withResolvers<RepairOutcome>();
    const look = () => {
      const { state } = receiver;
      if (state.status === 'done') resolve('made');
      else if (state.status === 'paused' && state.by.me === 'space') resolve('full');
      else if (isEnded(state)) resolve('failed');
    };
    receiver.events.on('change', look);
    this.#stop.signal.addEventListener('abort', () => resolve('stopped'));
    look();
    if (this.#stop.signal.aborted) resolve('stopped');
    return promise;
  }

  #forget(): void {
    this.#options.exchange.forget(this.#transfer);
    this.#options.own.delete(this.#transfer);
  }

  #devices(): ColumnsAt[] {
    return columnsAtDevices(this.#duty, (index) => this.#columns.isAsked(index));
  }

  #source(peerId: string): SourceOptions {
    const reference = async () => {
      const device = this.#devices().find(({ deviceId }) => deviceId === peerId);
      const columns = device?.indexes.map((index) => columnIn(this.#duty, index));
      return device && columns && columnsReference(device.capability, columns);
    };
    return { peerId, reference, isOrigin: false };
  }
}

function failureOf(error: unknown): RepairOutcome {
  return error instanceof ContentError && error.code === 'store-full' ? 'full' : 'failed';
}
