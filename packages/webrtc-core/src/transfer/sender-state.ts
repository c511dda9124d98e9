// The life of one bundle towards one device as a pure machine: no I/O, no clock. docs/protocol draws it.
import type { ErrorCode } from '../errors.ts';
import type { CancelReason } from '../wire/message.ts';
import { isEnded, type PausedBy } from './receiver-state.ts';

export type SenderState =
  | { status: 'announced' }
  | { status: 'serving' }
  | { status: 'paused'; by: PausedBy; connected: boolean }
  /** Accepted, but the receiver cannot be reached now. */
  | { status: 'stalled' }
  | { status: 'done' }
  | { status: 'declined' }
  | { status: 'cancelled'; by: 'me' | 'peer'; reason: CancelReason }
  | { status: 'failed'; code: ErrorCode; entry?: number };

export type SenderEvent =
  | { type: 'accepted' }
  | { type: 'declined' }
  | { type: 'connected' }
  | { type: 'disconnected' }
  | { type: 'pause'; by: 'me' | 'peer' }
  | { type: 'resume'; by: 'me' | 'peer' }
  /** The receiver holds everything it chose, and both agree on every content id. */
  | { type: 'agreed' }
  | { type: 'cancel'; by: 'me' | 'peer'; reason: CancelReason }
  | { type: 'fail'; code: ErrorCode; entry?: number };

export type SenderEffect =
  | 'announce'
  /** Forget what was asked for; the receiver asks again. */
  | 'drop-requests'
  | 'tell-pause'
  | 'tell-resume'
  | 'tell-cancel'
  | 'tell-failure';

type Step = [SenderState, SenderEffect[]];

/** What an event does to a sending transfer; one that a state cannot take changes nothing. */
export function senderTransition(state: SenderState, event: SenderEvent): Step {
  const unchanged: Step = [state, []];
  if (isEnded(state)) return unchanged;
  if (event.type === 'cancel') {
    const { by, reason } = event;
    return [{ status: 'cancelled', by, reason }, by === 'me' ? ['drop-requests', 'tell-cancel'] : ['drop-requests']];
  }
  if (event.type === 'fail') {
    const { code, entry } = event;
    return [{ status: 'failed', code, entry }, ['drop-requests', 'tell-failure']];
  }
  switch (state.status) {
    case 'announced':
      if (event.type === 'accepted') return [{ status: 'serving' }, []];
      if (event.type === 'declined') return [{ status: 'declined' }, []];
      if (event.type === 'connected') return [state, ['announce']];
      return unchanged;
    case 'serving':
    case 'stalled':
      return whileServing(state, event) ?? unchanged;
    case 'paused':
      return whilePaused(state, event) ?? unchanged;
    default:
      return state satisfies never;
  }
}

function whileServing(
  state: Extract<SenderState, { status: 'serving' | 'stalled' }>,
  event: SenderEvent,
): Step | undefined {
  switch (event.type) {
    case 'agreed':
      return [{ status: 'done' }, ['drop-requests']];
    case 'accepted':
    case 'connected':
      return state.status === 'stalled' ? [{ status: 'serving' }, []] : undefined;
    case 'disconnected':
      return state.status === 'serving' ? [{ status: 'stalled' }, ['drop-requests']] : undefined;
    case 'pause': {
      const by = { me: event.by === 'me', peer: event.by === 'peer' };
      const connected = state.status === 'serving';
      if (by.peer && !connected) return undefined;
      return [{ status: 'paused', by, connected }, by.me ? ['drop-requests', 'tell-pause'] : ['drop-requests']];
    }
    default:
      return undefined;
  }
}

function whilePaused(state: Extract<SenderState, { status: 'paused' }>, event: SenderEvent): Step | undefined {
  switch (event.type) {
    case 'agreed':
      return [{ status: 'done' }, []];
    case 'connected':
      return [{ ...state, connected: true }, state.by.me ? ['tell-pause'] : []];
    case 'disconnected':
      if (!state.by.me) return [{ status: 'stalled' }, []];
      return [{ ...state, by: { me: true, peer: false }, connected: false }, []];
    case 'pause':
      if (state.by[event.by] || (event.by === 'peer' && !state.connected)) return undefined;
      return [{ ...state, by: { ...state.by, [event.by]: true } }, event.by === 'me' ? ['tell-pause'] : []];
    case 'resume': {
      if (!state.by[event.by]) return undefined;
      const by = { ...state.by, [event.by]: false };
      const told: SenderEffect[] = event.by === 'me' ? ['tell-resume'] : [];
      if (by.me || by.peer) return [{ ...state, by }, told];
      return [{ status: state.connected ? 'serving' : 'stalled' }, told];
    }
    default:
      return undefined;
  }
}
