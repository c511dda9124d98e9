// What a receiver is made with and what it says.
import type { ChunkSets } from '../content/chunk-sets.ts';
import type { BundleSummary, Manifest } from '../content/manifest.ts';
import type { SetRejected } from '../content/set-rejected.ts';
import type { ChunkStoreProvider } from '../content/store.ts';
import type { Clock } from '../util/clock.ts';
import type { TransferId } from '../wire/transfer-id.ts';
import type { SourceOptions } from './asking.ts';
import type { Receiver } from './receiver.ts';

export interface ReceiverEvents {
  /** The manifest is whole: a person may be asked now. Not said of one that was known from the start. */
  ready: Manifest;
  /** Something that the receiver shows is different. */
  change: undefined;
  /** A chunk from this source is as it should be: said before it is held, for whoever must know where it came from. */
  verified: { peerId: string };
  /** A chunk of {@link Receiver.chosen} is held that was not before. */
  landed: number;
  /** Chunks of a set that are as their content ids say do not fit together; others are asked for, as long as it is worth it. */
  rejected: SetRejected;
}

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
  /** Must be remembered before the sender is told that it is accepted: it never announces it as new again. */
  remember: (receiver: Receiver) => Promise<void>;
  clock: Clock;
}
