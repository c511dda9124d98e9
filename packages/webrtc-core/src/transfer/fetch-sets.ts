// What a fetch has besides where of each set so many chunks are enough: a choice of chunks and of sources, and an eye on
// both. Knows no messages.
import type { ReadonlyBitfield } from '../content/bitfield.ts';
import type { ChunkSets } from '../content/chunk-sets.ts';
import type { BundleLayout } from '../content/layout.ts';
import type { SetRejected } from '../content/set-rejected.ts';
import type { Clock } from '../util/clock.ts';
import type { FetchSources } from './fetch-sources.ts';
import { LandedSets } from './landed-chunks.ts';
import { SetScheduler } from './set-scheduler.ts';
import { SourceWatch } from './source-watch.ts';

export interface FetchSetsOptions {
  sets: ChunkSets;
  layout: BundleLayout;
  held: ReadonlyBitfield;
  sources: () => FetchSources;
  /** It owes something and is silent, while others are not. */
  onSilent: (peerId: string) => void;
  clock: Clock;
}

/**
 * One wrong chunk among all but one that there are is found out by leaving out each in turn. More tries would only fetch
 * the same again: it is what they are compared with that is wrong.
 */
const MOST_TRIES_BESIDE_NEEDED = 2;

export class FetchSets {
  readonly scheduler: SetScheduler;
  readonly landed: LandedSets;
  readonly #sets: ChunkSets;
  readonly #watch: SourceWatch;

  constructor({ sets, layout, held, sources, onSilent, clock }: FetchSetsOptions) {
    this.#sets = sets;
    this.scheduler = new SetScheduler(sets, layout, held);
    this.landed = new LandedSets(sets, layout, held);
    this.#watch = new SourceWatch({
      clock,
      owing: () => sources().owing(),
      count: () => sources().count,
      onQuiet: (peerId) => this.scheduler.quiet(peerId),
      onSilent,
      look: () => sources().request(),
    });
  }

  /** Something may be owed from now on. */
  watch(): void {
    this.#watch.start();
  }

  /** @returns whether others of its chunks are worth trying */
  rejected({ set, chunks }: SetRejected): boolean {
    return this.scheduler.rejected(set, chunks) <= this.#sets.neededOf(set) + MOST_TRIES_BESIDE_NEEDED;
  }

  stop(): void {
    this.#watch.stop();
  }
}
