// The life of one bundle towards one device as a pure machine: no I/O, no clock. docs/protocol draws it.
import type { ErrorCode } from '../errors.ts';
import type { CancelReason, PauseReason } from '../wire/stop-message.ts';
import { isEnded, type PausedBy, pausedBy } from './receiver-state.ts';

export type SenderState =
  | { status: 'announced' }
  | { status: 'serving' }
  | { status: 'paused'; by: PausedBy; connected: boolean }
  /** Accepted, but the receiver cannot be reached now. */
  | { status: 'stalled' }
  | { status: 'done' }
  | { status: 'declined' }
  | { status: 'cancelled'; by: 'me' | 'peer'; reason: CancelReason }
  /** Whoever failed it is the one who can try again. */
  | { status: 'failed'; by: 'me' | 'peer'; code: ErrorCode; entry?: number };

export type SenderEvent =
  | { type: 'accepted' }
  | { type: 'declined' }
  | { type: 'connected' }
  | { type: 'disconnected' }
  | { type: 'pause'; by: 'me' | 'peer'; reason: PauseReason }
  | { type: 'resume'; by: 'me' | 'peer' }
  /** The receiver holds everything it chose, and both agree on every content id. */
  | { type: 'agreed' }
  | { type: 'cancel'; by: 'me' | 'peer'; reason: CancelReason }
  | { type: 'fail'; by: 'me' | 'peer'; code: ErrorCode; entry?: number }
  /** What failed is tried again. */
  | { type: 'retry'; accepted: boolean; connected: boolean };

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
  if (state.status === 'failed') return afterFailure(state, event) ?? unchanged;
  if (isEnded(state)) return unchanged;
  if (event.type === 'cancel') {
    const { by, reason } = event;
    return [{ status: 'cancelled', by, reason }, by === 'me' ? ['drop-requests', 'tell-cancel'] : ['drop-requests']];
  }
  if (event.type === 'fail') {
    const { by, code, entry } = event;
    return [{ status: 'failed', by, code, entry }, by === 'me' ? ['drop-requests', 'tell-failure'] : ['drop-requests']];
  }
  // Also after it was accepted: by a receiver that lost its memory of that, and was asked again.
  if (event.type === 'declined') return [{ status: 'declined' }, ['drop-requests']];
  switch (state.status) {
    case 'announced':
      if (event.type === 'accepted') return [{ status: 'serving' }, []];
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

function afterFailure(state: Extract<SenderState, { status: 'failed' }>, event: SenderEvent): Step | undefined {
  // The receiver gave up, and thought better of it. It may have heard of a pause that is forgotten here.
  if (event.type === 'accepted' && state.by === 'peer') return [{ status: 'serving' }, ['tell-resume']];
  if (event.type !== 'retry') return undefined;
  const { accepted, connected } = event;
  if (!accepted) return [{ status: 'announced' }, ['announce']];
  return [{ status: connected ? 'serving' : 'stalled' }, ['announce']];
}

function whileServing(
  state: Extract<SenderState, { status: 'serving' | 'stalled' }>,
  event: SenderEvent,
): Step | undefined {
  switch (event.type) {
    case 'agreed':
      return [{ status: 'done' }, ['drop-requests']];
    case 'accepted':
      return state.status === 'stalled' ? [{ status: 'serving' }, []] : undefined;
    case 'connected':
      // The other side may have lost its memory of it.
      return [state.status === 'serving' ? state : { status: 'serving' }, ['announce']];
    case 'disconnected':
      return state.status === 'serving' ? [{ status: 'stalled' }, ['drop-requests']] : undefined;
    case 'pause': {
      const connected = state.status === 'serving';
      if (event.by === 'peer' && !connected) return undefined;
      const by = pausedBy(event.by, event.reason);
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
    case 'accepted': {
      // The receiver begins anew: it knows of no pause, and will say its own again.
      const by = { ...state.by, peer: null };
      return by.me ? [{ ...state, by, connected: true }, ['tell-pause']] : [{ status: 'serving' }, []];
    }
    case 'connected':
      return [{ ...state, connected: true }, state.by.me ? ['announce', 'tell-pause'] : ['announce']];
    case 'disconnected':
      if (!state.by.me) return [{ status: 'stalled' }, []];
      return [{ ...state, by: { ...state.by, peer: null }, connected: false }, []];
    case 'pause':
      if (state.by[event.by] === event.reason || (event.by === 'peer' && !state.connected)) return undefined;
      return [{ ...state, by: { ...state.by, [event.by]: event.reason } }, event.by === 'me' ? ['tell-pause'] : []];
    case 'resume': {
      if (!state.by[event.by]) return undefined;
      const by = { ...state.by, [event.by]: null };
      const told: SenderEffect[] = event.by === 'me' ? ['tell-resume'] : [];
      if (by.me || by.peer) return [{ ...state, by }, told];
      return [{ status: state.connected ? 'serving' : 'stalled' }, told];
    }
    default:
      return undefined;
  }
}
