// What is said of a transfer that has ended, also later, to a peer that missed it. Pure.
import type { TransferMessage } from '../wire/message.ts';
import type { ChunkMessage } from '../wire/pull-message.ts';
import type { TransferId } from '../wire/transfer-id.ts';
import type { ReceiverState } from './receiver-state.ts';
import type { SenderState } from './sender-state.ts';

/** Undefined when there is nothing to say: it is done, or the other side failed it. */
export function lastWordOf(
  transfer: TransferId,
  state: ReceiverState | SenderState,
): Exclude<TransferMessage, ChunkMessage> | undefined {
  switch (state.status) {
    case 'declined':
      return { type: 'decline', transfer };
    case 'cancelled':
      return { type: 'cancel', transfer, reason: state.reason };
    case 'failed':
      return state.by === 'me' ? { type: 'abort', transfer, code: state.code, entry: state.entry } : undefined;
    default:
      return undefined;
  }
}
