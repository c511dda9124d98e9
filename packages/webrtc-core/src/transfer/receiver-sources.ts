// The port between a receiver and where its chunks come from: the one device that announced it, or those that are asked.
// Both sides know of each other only what is here.
import type { BundleSummary, Manifest } from '../content/manifest.ts';
import type { FerryError } from '../errors.ts';
import type { Link } from '../wire/link.ts';
import type { TransferMessage } from '../wire/message.ts';
import type { ChunkMessage, CompleteMessage } from '../wire/pull-message.ts';
import type { TransferId } from '../wire/transfer-id.ts';
import type { SourceInfo } from './asking.ts';
import type { Fetch } from './fetch.ts';
import type { SourceContent } from './fetch-source.ts';
import type { ReceiverEvent, ReceiverState } from './receiver-state.ts';

/** What a source says besides chunks and agreement, which are the fetch's. */
export type SourceMessage = Exclude<TransferMessage, ChunkMessage | CompleteMessage>;

export interface ReceiverSources {
  readonly infos: readonly SourceInfo[];
  /** Devices it matters to be connected with. */
  readonly peerIds: string[];
  readonly count: number;
  has(peerId: string): boolean;
  attach(peerId: string, link: Link): void;
  detach(peerId: string): void;
  /** @throws ProtocolError for what no honest source says */
  handle(peerId: string, message: SourceMessage): void;
  /** A device that broke the protocol, or whose bytes did not verify. */
  drop(peerId: string, error: FerryError): void;
  /** A device that owes chunks and says nothing, while others do. */
  rest(peerId: string): void;
  /** All is here. */
  dismiss(): void;
  /** Chunk bytes came from it. */
  gave(peerId: string, bytes: number): void;
  /** Those that may be asked for chunks now. */
  active(): Iterable<[peerId: string, link: Link]>;
  /** How a source numbers things, and what it has of them. */
  contentOf(peerId: string, fetch: Fetch): SourceContent;
  /** See {@link Receiver.lostEntries}. */
  lostEntries(fetch: Fetch): readonly number[];
  /** It was accepted just now. */
  accepted(): void;
  /** It goes on with what was accepted in an earlier life of this program. */
  restored(): void;
  /** What failed is tried again. */
  retried(): void;
  close(): void;
}

/** What a receiver is and does for its sources. */
export interface SourcedReceiver {
  readonly transfer: TransferId;
  readonly state: ReceiverState;
  readonly fetching: Fetch | undefined;
  /** To all devices there are, whatever they are asked for. */
  readonly links: ReadonlyMap<string, Link>;
  apply(event: ReceiverEvent): void;
  /** Says what is accepted and held, and asks for what is missing. */
  fetchFrom(peerId: string, link: Link): void;
  /** There is a whole manifest; with a summary where that was not announced before. */
  told(manifest: Manifest, summary?: BundleSummary): void;
  fail(error: FerryError): void;
  changed(): void;
}
