// What a receiver says to whoever has it.
import type { Manifest } from '../content/manifest.ts';
import type { SetRejected } from '../content/set-rejected.ts';

export interface ReceiverEvents {
  /** The manifest is whole: a person may be asked now. Not said of one that was known from the start. */
  ready: Manifest;
  /** Something that the receiver shows is different. */
  change: undefined;
  /** A chunk from this source is as it should be: said before it is held, for whoever must know where it came from. */
  verified: { peerId: string };
  /**
   * A chunk of {@link Receiver.chosen} came from this source damaged: it may do so once or twice before it is dropped. Or its
   * hashes of an entry are not those of the content id, and it is dropped: said of the entry's first chunk.
   */
  damaged: { peerId: string; chunk: number };
  /** A chunk of {@link Receiver.chosen} is held that was not before. */
  landed: number;
  /** Chunks of a set that are as their content ids say do not fit together; others are asked for, as long as it is worth it. */
  rejected: SetRejected;
}
