// What a receiver is made with.
import type { ChunkSets } from '../content/chunk-sets.ts';
import type { BundleSummary, Manifest } from '../content/manifest.ts';
import type { ChunkStoreProvider } from '../content/store.ts';
import type { Clock } from '../util/clock.ts';
import type { TransferId } from '../wire/transfer-id.ts';
import type { SourceOptions } from './asking.ts';

export interface ReceiverOptions {
  transfer: TransferId;
  /** The device that announced it. */
  peerId: string;
  summary: BundleSummary;
  stores: ChunkStoreProvider;
  /** Devices to ask, for what nobody announced. */
  asks?: readonly SourceOptions[];
  /** What is wanted, when that is known before anybody has answered. */
  manifest?: Manifest | undefined;
  /** Of which so many chunks of each are enough. */
  sets?: ChunkSets | undefined;
  /** Devices that are asked at a time. */
  mostSources?: number | undefined;
  clock: Clock;
}
