// How a go at fetching a column ends, told from the transfer as it is. Pure.
import { isEnded, type Receiver } from '@ferry/webrtc-core';
import { base64url } from 'jose';

export type FetchOutcome =
  | { type: 'whole'; contentId: string }
  /** The disk has no room. */
  | { type: 'full' }
  /** Everybody who was asked refused, or gave wrong bytes. */
  | { type: 'refused' }
  /** It is whole, and something else than it must be. */
  | { type: 'wrong' }
  /** Its store, or something else here. */
  | { type: 'failed' }
  | { type: 'stopped' };

/** Undefined while it goes on. @param known what the column must be, where that is known */
export function outcomeOf(receiver: Receiver, known: string | null): FetchOutcome | undefined {
  const { state, sources } = receiver;
  const contentId = receiver.contentIdOf(0);
  if (state.status === 'done' && contentId) return whole(base64url.encode(contentId), known);
  if (state.status === 'paused' && state.by.me === 'space') return { type: 'full' };
  if (state.status === 'failed' && state.code === 'chunk-corrupt') return { type: 'refused' };
  if (isEnded(state)) return { type: 'failed' };
  const hasHope = sources.some(({ status }) => status !== 'refused' && status !== 'dropped');
  return hasHope ? undefined : { type: 'refused' };
}

function whole(contentId: string, known: string | null): FetchOutcome {
  return known === null || known === contentId ? { type: 'whole', contentId } : { type: 'wrong' };
}
