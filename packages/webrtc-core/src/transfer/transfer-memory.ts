// What a program remembers of transfers that outlive it, and brings back when it is started anew. The exchange says when;
// where it is kept is the application's business.
import type { BundleSummary, Manifest } from '../content/manifest.ts';
import type { Run } from '../content/run.ts';
import type { Bundle } from '../content/source.ts';
import type { TransferId } from '../wire/transfer-id.ts';
import type { AcceptedTransfer } from './accepted-fetch.ts';
import type { Receiver } from './receiver.ts';

/**
 * What must be on disk before the other side is told of it, for programs whose transfers outlive them: what one
 * side forgets because the other one knows, the other one must not forget.
 */
export interface TransferMemory {
  /** It is about to be accepted; remember what `Exchange.restoreIncoming` needs. */
  accepting(receiver: Receiver): Promise<void>;
  /** The receiver has everything; remember what `Exchange.rememberSent` needs. */
  delivered(delivered: { transfer: TransferId; entryCount: number; root: Uint8Array }): Promise<void>;
}

/** What must be remembered of an accepted transfer to go on with it after a restart. */
export interface RestoreIncomingOptions extends AcceptedTransfer {
  transfer: TransferId;
  peerId: string;
  summary: BundleSummary;
}

/** What must be remembered of a send to go on with it after a restart. */
export interface RestoreOutgoingOptions {
  transfer: TransferId;
  summary: BundleSummary;
  manifest: Manifest;
  /** Undefined while the files are not at hand; set `Outgoing.bundle` when they are. */
  bundle?: Bundle;
  /** Devices that were asked: one may have accepted without this side having heard so. */
  announcedTo?: readonly string[];
  /** The device that accepted it, and what it chose. */
  accepted?: { peerId: string; chosenRuns: readonly Run[] };
  /** The user had paused it. */
  isPaused?: boolean;
}
