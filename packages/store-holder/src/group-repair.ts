// Makes columns of one group again, from any k others of it: those that are here, and what devices give of theirs. What is
// made is on the shelf, each as its content id says. Knows no lease and no server.
import { type Clock, type Exchange, isEnded, type Receiver, type TransferId } from '@ferry/webrtc-core';
import { type Kernel, loadKernel, RebuildingStore } from '@ferry/webrtc-core/erasure';
import { AidedSets } from './aided-sets.ts';
import { AidedStore, type ReadShard } from './aided-store.ts';
import { FORGET_AFTER_MS } from './column-fetch.ts';
import { columnKey } from './column-key.ts';
import { columnLayout, type DescribedColumn } from './column-manifest.ts';
import type { ColumnShelf } from './column-shelf.ts';
import { columnsReference } from './columns-reference.ts';
import { contentIdIn } from './intact-column.ts';
import { bundleOf, columnIn, columnsAtDevices, describedIn, type RepairDuty } from './repair-duty.ts';
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
  /** Whole columns of the group that are here. */
  readonly #here: ReadonlyMap<number, ReadShard>;
  /** Those that are not here yet. */
  readonly #make: readonly DescribedColumn[];
  #duty: RepairDuty;
  #receiver: Receiver | undefined;

  constructor(duty: RepairDuty, options: GroupRepairOptions) {
    this.#options = options;
    this.#duty = duty;
    this.#here = columnsHere(duty, options.shelf);
    const described = duty.make.map((column) => describedIn(duty, column));
    this.#make = described.filter(({ column }) => !options.shelf.isWhole(column));
    this.ended = this.#run().catch((): RepairOutcome => 'failed');
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
    const devices = this.#devices();
    const isThere = (peerId: string) => devices.some(({ deviceId }) => deviceId === peerId);
    for (const { peerId } of receiver.sources) if (!isThere(peerId)) exchange.removeSource(receiver, peerId);
    for (const { deviceId } of devices) exchange.addSource(receiver, this.#source(deviceId));
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.ended;
  }

  async #run(): Promise<RepairOutcome> {
    const { shelf } = this.#options;
    // Before their stores are made: a store that nobody remembers is deleted.
    for (const column of this.#make) if (!shelf.get(column.column)) await shelf.put({ ...column, state: 'making' });
    const outcome = await this.#rebuild(await loadKernel());
    return outcome === 'made' ? this.#checked() : outcome;
  }

  async #rebuild(kernel: Kernel): Promise<RepairOutcome> {
    const bundle = bundleOf(this.#duty, (index) => this.#isAsked(index));
    const open = { open: () => this.#openStore(kernel) };
    const store = await TransferStore.open(open, '', bundle.layout);
    const aided = store.unused as AidedStore;
    await aided.fill();
    if (aided.isWhole || this.#stop.signal.aborted) {
      await store.closeUnused();
      return aided.isWhole ? 'made' : 'stopped';
    }
    const chosen = bundle.manifest;
    const { exchange, own, clock } = this.#options;
    own.add(this.#transfer);
    const receiver = await exchange.fetch({
      ...{ transfer: this.#transfer, manifest: chosen, stores: store, mostSources: MOST_SOURCES },
      summary: {
        title: chosen.entries[0]?.path[0] ?? '',
        itemCount: 1,
        entryCount: chosen.entries.length,
        totalBytes: bundle.layout.totalBytes,
      },
      sets: new AidedSets(bundle, [...this.#here.keys()]),
      sources: this.#devices().map(({ deviceId }) => this.#source(deviceId)),
      accepted: { chosen, chosenRuns: [{ first: 0, count: chosen.entries.length }] },
    });
    this.#receiver = receiver;
    this.update(this.#duty);
    const outcome = await this.#ending(receiver);
    if (!isEnded(receiver.state)) receiver.cancel();
    clock.after(FORGET_AFTER_MS, () => {
      exchange.forget(this.#transfer);
      own.delete(this.#transfer);
    });
    await store.closed;
    return outcome;
  }

  async #openStore(kernel: Kernel): Promise<AidedStore> {
    const { shelf } = this.#options;
    const made = new Map(
      await Promise.all(
        this.#make.map(async (column) => {
          const store = await shelf.stores.open(columnKey(column.column), columnLayout(column));
          return [column.column.index, store] as const;
        }),
      ),
    );
    const all = bundleOf(this.#duty, (index) => this.#isAsked(index) || this.#here.has(index));
    const store = new RebuildingStore({ bundle: all, kernel, made });
    return new AidedStore({
      bundle: bundleOf(this.#duty, (index) => this.#isAsked(index)),
      all,
      store,
      here: this.#here,
    });
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

  /** What was made counts only when it is what it was. */
  async #checked(): Promise<RepairOutcome> {
    const { shelf } = this.#options;
    for (const { column, contentId } of this.#make) {
      const record = shelf.get(column);
      if (!record) return 'stopped';
      const found = await shelf.read(record, async (store) => contentIdIn(store, record));
      if (found !== contentId) return 'wrong';
      await shelf.put({ ...record, state: 'made' });
    }
    return 'made';
  }

  /** Others have it, and it is neither here nor to be made. */
  #isAsked(index: number): boolean {
    return !this.#here.has(index) && !this.#duty.make.some((column) => column.index === index);
  }

  #devices(): ReturnType<typeof columnsAtDevices> {
    return columnsAtDevices(this.#duty, (index) => this.#isAsked(index));
  }

  #source(peerId: string) {
    const reference = async () => {
      const device = this.#devices().find(({ deviceId }) => deviceId === peerId);
      const columns = device?.indexes.map((index) => columnIn(this.#duty, index));
      return device && columns && columnsReference(device.capability, columns);
    };
    return { peerId, reference, isOrigin: false };
  }
}

function columnsHere(duty: RepairDuty, shelf: ColumnShelf): Map<number, ReadShard> {
  const here = new Map<number, ReadShard>();
  for (const { index } of duty.sources) {
    const column = columnIn(duty, index);
    const record = shelf.isWhole(column) ? shelf.get(column) : undefined;
    if (record) here.set(index, (at) => shelf.read(record, (store) => store.read(at)));
  }
  return here;
}
