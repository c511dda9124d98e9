// What is said when a machine of a transfer wants something told. Pure.
import type { TransferMessage } from '../wire/message.ts';
import type { ChunkMessage } from '../wire/pull-message.ts';
import type { TransferId } from '../wire/transfer-id.ts';
import { lastWordOf } from './last-word.ts';
import type { ReceiverEffect, ReceiverState } from './receiver-state.ts';
import type { SenderEffect, SenderState } from './sender-state.ts';

/** Those of which the state says everything. */
export type TellEffect = Exclude<Extract<ReceiverEffect | SenderEffect, `tell-${string}`>, 'tell-accept'>;

/** Everything but chunks, which wait for their turn. */
export type ToldWord = Exclude<TransferMessage, ChunkMessage>;

/** Undefined when the state has changed meanwhile, and there is nothing to say of it any more. */
export function toldWord(
  effect: TellEffect,
  transfer: TransferId,
  state: ReceiverState | SenderState,
): ToldWord | undefined {
  switch (effect) {
    case 'tell-pause':
      return state.status === 'paused' && state.by.me ? { type: 'pause', transfer, reason: state.by.me } : undefined;
    case 'tell-resume':
      return { type: 'resume', transfer };
    case 'tell-decline':
    case 'tell-cancel':
    case 'tell-failure':
      return lastWordOf(transfer, state);
  }
}
