// Something that an application wants fetched, from whoever has it.
import type { ChunkSets } from '../content/chunk-sets.ts';
import type { BundleSummary, Manifest } from '../content/manifest.ts';
import type { ChunkStoreProvider } from '../content/store.ts';
import type { TransferId } from '../wire/transfer-id.ts';
import type { AcceptedTransfer } from './accepted-fetch.ts';
import type { SourceOptions } from './asking.ts';

export interface FetchRequest {
  /** Of an earlier life of this program; a new one when absent. */
  transfer?: TransferId;
  /** What is known before anybody answered. */
  summary: BundleSummary;
  /**
   * What is wanted, when it is known before anybody answered: with content ids it does not matter then who has it. It
   * can be accepted at once.
   */
  manifest?: Manifest;
  /**
   * Of which chunks so many of each set are enough. They number the chunks of all of `manifest`, which must be known and is
   * accepted as a whole. The store is one that makes a set whole, see {@link ChunkStore}.
   */
  sets?: ChunkSets;
  /** Where chunks are kept, instead of the exchange's stores. */
  stores?: ChunkStoreProvider;
  /** Devices that are asked at a time, 8 when absent. */
  mostSources?: number;
  sources: readonly SourceOptions[];
  /** What was accepted in an earlier life of this program: nothing is asked again, what is held stays held. */
  accepted?: AcceptedTransfer;
}
