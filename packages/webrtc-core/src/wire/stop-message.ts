// How either side stops a transfer, for now or for good, and why. Knows no chunks.
import type { ErrorCode } from '../errors.ts';
import type { TransferId } from './transfer-id.ts';

/** Why somebody stops for now: a wish, other transfers first, no room for more, or files that are not at hand. */
export type PauseReason = 'user' | 'queue' | 'space' | 'files';

/** Stop for now: whoever said `pause` says `resume`. Said again when the reason changes. */
export interface PauseMessage {
  type: 'pause';
  transfer: TransferId;
  reason: PauseReason;
}

export interface ResumeMessage {
  type: 'resume';
  transfer: TransferId;
}

/** Why somebody ended a transfer on purpose. */
export type CancelReason = 'user' | 'other-device';

export interface CancelMessage {
  type: 'cancel';
  transfer: TransferId;
  reason: CancelReason;
}

/** It cannot go on: an error, not a wish. */
export interface AbortMessage {
  type: 'abort';
  transfer: TransferId;
  code: ErrorCode;
  /** The entry concerned, counted within the chosen ones. */
  entry?: number;
}

export type StopMessage = PauseMessage | ResumeMessage | CancelMessage | AbortMessage;
