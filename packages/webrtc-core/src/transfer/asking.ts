// A receiver that asks for something it was not offered: how it names sources, and how the side that has the bytes
// answers. What a reference says is the application's alone.
import type { BundleSummary } from '../content/manifest.ts';
import type { Bundle } from '../content/source.ts';
import type { QueuePlace, RefusalReason } from '../wire/asking-message.ts';
import type { TransferId } from '../wire/transfer-id.ts';
import type { Outgoing } from './outgoing.ts';

/** Somebody asks for something of this side's. Answer with one of the two, once. */
export interface Asked {
  transfer: TransferId;
  peerId: string;
  /** What the other side's application wrote: bounded by the wire, otherwise unchecked. */
  reference: string;
  /** @throws ContentError `manifest-invalid` for a bundle that is empty or more than a receiver takes */
  serve(bundle: Bundle, about: Pick<BundleSummary, 'title' | 'itemCount'>): Outgoing;
  refuse(reason: RefusalReason): void;
}

/** A device that may have what is wanted. */
export interface SourceOptions {
  peerId: string;
  /**
   * What it is asked with, made anew for every link; undefined when there is none now: then it is not asked until
   * `askAgain`.
   */
  reference: () => Promise<string | undefined>;
  /**
   * What it has is what is wanted, at the time it says so: its manifest is the transfer's, if none is known. Of others
   * only files of equal content are taken.
   */
  isOrigin: boolean;
}

export type SourceStatus =
  /** No link, or no reference. */
  | 'unreachable'
  | 'asking'
  /** It has it, and others come first there. */
  | 'queued'
  /** Chunks may be asked of it. */
  | 'serving'
  /** It stopped for now. */
  | 'paused'
  | 'refused'
  /** It broke the protocol or its bytes did not verify: it is asked no more. */
  | 'dropped';

/** A source as applications may show it. */
export interface SourceInfo {
  peerId: string;
  status: SourceStatus;
  isOrigin: boolean;
  place?: QueuePlace;
  refusal?: RefusalReason;
  /** Chunk bytes that came from it. */
  movedBytes: number;
}
