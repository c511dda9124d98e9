// One go at fetching a column from devices that may give it: until it is whole, or something stops it. What has come stays
// for the next go. Knows no duties and no records.
import type { StoreGrant } from '@ferry/shared';
import {
  type Clock,
  ContentError,
  type Exchange,
  isEnded,
  type Manifest,
  type Receiver,
  type SourceOptions,
  type TransferId,
} from '@ferry/webrtc-core';
import { columnKey } from './column-key.ts';
import { columnLayout, columnManifest, columnSummary, type DescribedColumn } from './column-manifest.ts';
import type { ColumnStores } from './column-records.ts';
import { columnReference } from './columns-reference.ts';
import { type FetchOutcome, outcomeOf } from './fetch-outcome.ts';
import { TransferStore } from './transfer-store.ts';

export interface ColumnFetchOptions extends DescribedColumn {
  exchange: Exchange;
  stores: Pick<ColumnStores, 'open'>;
  from: readonly StoreGrant[];
  clock: Clock;
  /** Transfers that no user has begun: it is among them for as long as anything is heard of it. */
  own: Set<TransferId>;
}

/** What was asked for may still be answered; an answer to nothing would be taken for an offer. */
export const FORGET_AFTER_MS = 60_000;

export class ColumnFetch {
  /** Resolves when its files are free. */
  readonly ended: Promise<FetchOutcome>;
  readonly #options: ColumnFetchOptions;
  readonly #transfer = crypto.randomUUID();
  readonly #stop = new AbortController();
  #receiver: Receiver | undefined;
  #grants: readonly StoreGrant[];
  #movedBytes = 0;
  #movedAtMs: number;

  constructor(options: ColumnFetchOptions) {
    this.#options = options;
    this.#grants = options.from;
    this.#movedAtMs = options.clock.now();
    this.ended = this.#run();
  }

  get doneBytes(): number {
    return this.#receiver?.progress?.doneBytes ?? 0;
  }

  /** In this go. */
  get movedBytes(): number {
    return this.#receiver?.movedBytes ?? 0;
  }

  /** Since when nothing has come. */
  get idleMs(): number {
    return this.#options.clock.now() - this.#movedAtMs;
  }

  /** Somebody has it, and gives to others first. */
  get isQueued(): boolean {
    return this.#receiver?.sources.some(({ status }) => status === 'queued') ?? false;
  }

  /** Devices that may be asked now, with fresh leave; others are not asked any more. */
  setSources(from: readonly StoreGrant[]): void {
    this.#grants = from;
    const receiver = this.#receiver;
    if (!receiver || isEnded(receiver.state)) return;
    const { exchange } = this.#options;
    for (const { peerId } of receiver.sources) if (!this.#grantOf(peerId)) exchange.removeSource(receiver, peerId);
    for (const { deviceId } of from) exchange.addSource(receiver, this.#source(deviceId));
  }

  /** For now: what has come stays. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.ended;
  }

  async #run(): Promise<FetchOutcome> {
    const { stores, column, clock } = this.#options;
    let store: TransferStore;
    try {
      const key = columnKey(column);
      store = new TransferStore(stores, key, await stores.open(key, columnLayout(this.#options)));
    } catch (error) {
      return { type: error instanceof ContentError && error.code === 'store-full' ? 'full' : 'failed' };
    }
    if (this.#stop.signal.aborted) {
      await store.closeUnused();
      return { type: 'stopped' };
    }
    this.#options.own.add(this.#transfer);
    const receiver = await this.#begin(store);
    const outcome = await this.#ending(receiver);
    if (!isEnded(receiver.state)) receiver.cancel();
    clock.after(FORGET_AFTER_MS, () => this.#forget());
    await store.closed;
    return outcome;
  }

  async #begin(store: TransferStore): Promise<Receiver> {
    const chosen = this.#wanted();
    this.#receiver = await this.#options.exchange.fetch({
      ...{ transfer: this.#transfer, summary: columnSummary(this.#options), manifest: chosen, stores: store },
      sources: this.#grants.map(({ deviceId }) => this.#source(deviceId)),
      accepted: { chosen, chosenRuns: [{ first: 0, count: 1 }] },
    });
    this.setSources(this.#grants);
    return this.#receiver;
  }

  #noteMoved({ movedBytes }: Receiver): void {
    if (movedBytes !== this.#movedBytes) this.#movedAtMs = this.#options.clock.now();
    this.#movedBytes = movedBytes;
  }

  #forget(): void {
    const { exchange, own } = this.#options;
    exchange.forget(this.#transfer);
    own.delete(this.#transfer);
  }

  #ending(receiver: Receiver): Promise<FetchOutcome> {
    const { promise, resolve } = Promise.withResolvers<FetchOutcome>();
    const look = () => {
      this.#noteMoved(receiver);
      const outcome = outcomeOf(receiver, this.#options.contentId);
      if (outcome) resolve(outcome);
    };
    receiver.events.on('change', look);
    this.#stop.signal.addEventListener('abort', () => resolve({ type: 'stopped' }));
    look();
    return this.#stop.signal.aborted ? Promise.resolve({ type: 'stopped' }) : promise;
  }

  /**
   * A single source need not prove every chunk, which an uploader could only do by encoding the column once more: what it
   * is shows at the end. Of several each must prove its own.
   */
  #wanted(): Manifest {
    return columnManifest(this.#grants.length > 1 ? this.#options : { ...this.#options, contentId: null });
  }

  #source(peerId: string): SourceOptions {
    const reference = async () => {
      const grant = this.#grantOf(peerId);
      return grant && columnReference(grant.capability, this.#options.column);
    };
    // Its column is what is wanted, whether or not its content id is known here.
    return { peerId, reference, isOrigin: true };
  }

  #grantOf(peerId: string): StoreGrant | undefined {
    return this.#grants.find(({ deviceId }) => deviceId === peerId);
  }
}
