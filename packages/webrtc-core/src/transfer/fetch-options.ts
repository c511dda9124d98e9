// What a fetch is made with and what it says.
import type { ChunkSets } from '../content/chunk-sets.ts';
import type { BundleLayout } from '../content/layout.ts';
import type { Manifest } from '../content/manifest.ts';
import type { Run } from '../content/run.ts';
import type { SetRejected } from '../content/set-rejected.ts';
import type { ChunkStore } from '../content/store.ts';
import type { ContentError, FerryError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import type { TransferId } from '../wire/transfer-id.ts';

export interface FetchEvents {
  progress: undefined;
  /** A chunk from this source is as it should be, and about to be stored. */
  verified: { peerId: string };
  /** This chunk is held, and was not before. */
  landed: number;
  /** Every chunk is held. */
  held: undefined;
  /** Both sides agree on every content id. */
  agreed: undefined;
  error: FerryError;
  /** A chunk from this source is not what its hash, or a content id, says. */
  damaged: { peerId: string; chunk: number };
  'bad-source': { peerId: string; error: ContentError };
  /** It owes something and is silent, while others are not. */
  silent: { peerId: string };
  /** Chunks that are as their content ids say do not fit together; others are asked for. */
  rejected: SetRejected;
}

export interface FetchOptions {
  transfer: TransferId;
  chosen: Manifest;
  chosenRuns: readonly Run[];
  layout: BundleLayout;
  store: ChunkStore;
  clock: Clock;
  /** What had arrived before, when this one takes another's place. */
  movedBytes?: number;
  /**
   * Sources were asked and number chunks each in its own way; the one that announced a bundle and its receiver number
   * them alike.
   */
  isAsked?: boolean;
  /** Where to begin; see {@link Scheduler}. */
  startChunk?: number;
  /** Entries that are done without. */
  givenUp?: readonly number[];
  /** Of which so many chunks of each are enough; absent where all are needed. */
  sets?: ChunkSets | undefined;
}
