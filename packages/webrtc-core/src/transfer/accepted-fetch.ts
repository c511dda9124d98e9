// The fetch of what was accepted, from one opening of its store to the next. Knows neither links nor states.
import type { ChunkSets } from '../content/chunk-sets.ts';
import { BundleLayout } from '../content/layout.ts';
import type { Manifest } from '../content/manifest.ts';
import type { Run } from '../content/run.ts';
import type { ChunkStoreProvider } from '../content/store.ts';
import type { Clock } from '../util/clock.ts';
import type { TransferId } from '../wire/transfer-id.ts';
import { Fetch } from './fetch.ts';

/** What must be known of an accepted transfer to go on with it. */
export interface AcceptedTransfer {
  /** The accepted entries, as `Receiver.chosen` was. */
  chosen: Manifest;
  /** Their indexes in the announced manifest. */
  chosenRuns: readonly Run[];
  /** The user had paused it. */
  isPaused?: boolean;
  /** Entries of `chosen` that are done without. */
  givenUp?: readonly number[];
}

export interface AcceptedFetchOptions {
  transfer: TransferId;
  stores: ChunkStoreProvider;
  /** Absent where every chunk is needed. */
  sets: ChunkSets | undefined;
  isAsked: boolean;
  /** How many devices may give chunks. */
  sourceCount: () => number;
  /** Listens to one that was just made. */
  listen: (fetch: Fetch) => void;
  clock: Clock;
}

/** Less is here before anybody could share it. */
const LEAST_SWARM_CHUNKS = 32;

export class AcceptedFetch {
  readonly #options: AcceptedFetchOptions;
  #current: Fetch | undefined;

  constructor(options: AcceptedFetchOptions) {
    this.#options = options;
  }

  /** Undefined before anything was accepted. */
  get current(): Fetch | undefined {
    return this.#current;
  }

  /** Of an earlier life that nobody remembers: another choice would take its chunks for its own. */
  async forgetEarlier(): Promise<void> {
    await this.#options.stores.delete(this.#options.transfer);
  }

  /**
   * Opens the store for what is chosen, in place of the one that was open.
   * @throws ContentError `store-full` or `store-failed`
   */
  async open(chosen: Manifest, chosenRuns: readonly Run[], givenUp: readonly number[] = []): Promise<Fetch> {
    const { transfer, stores, sets, isAsked, listen, clock } = this.#options;
    const before = this.#current;
    await before?.close();
    const layout = new BundleLayout(chosen);
    const store = await stores.open(transfer, layout);
    const fetch = new Fetch({
      ...{ transfer, chosen, chosenRuns, layout, store, sets, clock, isAsked, givenUp },
      movedBytes: before?.movedBytes ?? 0,
      startChunk: this.#startChunk(layout.chunkCount),
    });
    this.#current = fetch;
    listen(fetch);
    return fetch;
  }

  /** The same once more: only what the store still holds counts then. */
  async reopen({ chosen, chosenRuns, entries }: Fetch): Promise<Fetch> {
    return this.open(chosen, chosenRuns, entries.givenUp);
  }

  /** Keeps what was received. */
  async close(): Promise<void> {
    await this.#current?.close();
  }

  /** Deletes what was received. */
  async discard(): Promise<void> {
    await this.close();
    await this.forgetEarlier();
  }

  /**
   * Several who fetch the same from one source at once have more to give each other when they begin in different
   * places; a single file from a single source is best fetched from its start.
   */
  #startChunk(chunkCount: number): number {
    const seed = Number.parseInt(this.#options.transfer.slice(0, 8), 16);
    return this.#options.sourceCount() > 1 && chunkCount > LEAST_SWARM_CHUNKS ? seed % chunkCount : 0;
  }
}
