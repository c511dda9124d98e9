// The life of a receiving transfer as a pure machine: no I/O, no clock. docs/protocol draws it.
import type { ErrorCode } from '../errors.ts';
import type { CancelReason, PauseReason } from '../wire/stop-message.ts';

/**
 * Who stopped a transfer for now, and why. Both may; it goes on when neither does. The peer's pause lasts as
 * long as the link it was said on: on the next one it is said again, or it is over.
 */
export interface PausedBy {
  me: PauseReason | null;
  peer: PauseReason | null;
}

export type ReceiverState =
  | { status: 'announced' }
  | { status: 'fetching' }
  | { status: 'paused'; by: PausedBy; connected: boolean; held: boolean }
  /** Nobody to ask now. */
  | { status: 'stalled'; held: boolean }
  /** Everything is held; the content ids are being compared. */
  | { status: 'finishing' }
  | { status: 'done' }
  | { status: 'declined' }
  | { status: 'cancelled'; by: 'me' | 'peer'; reason: CancelReason }
  /** Whoever failed it is the one who can try again. */
  | { status: 'failed'; by: 'me' | 'peer'; code: ErrorCode; entry?: number };

export type ReceiverEvent =
  | { type: 'accept' }
  | { type: 'decline' }
  /** A source came (or came back), or the last one went. */
  | { type: 'connected' }
  | { type: 'disconnected' }
  | { type: 'pause'; by: 'me' | 'peer'; reason: PauseReason }
  | { type: 'resume'; by: 'me' | 'peer' }
  /** Every chosen chunk is verified and stored. */
  | { type: 'held' }
  /** Both sides agree on every content id. */
  | { type: 'agreed' }
  | { type: 'cancel'; by: 'me' | 'peer'; reason: CancelReason }
  | { type: 'fail'; by: 'me' | 'peer'; code: ErrorCode; entry?: number }
  /** What failed is tried again, with all that is held; `held` is absent when it never was accepted. */
  | { type: 'retry'; held?: boolean };

export type ReceiverEffect =
  /** Tell every source that this is accepted, what is held, and ask for what is missing. */
  | 'fetch'
  | 'stop-fetching'
  /** Tell every source that this is accepted and what is held, and ask for nothing. */
  | 'tell-accept'
  | 'tell-decline'
  | 'tell-pause'
  | 'tell-resume'
  | 'tell-cancel'
  | 'tell-failure'
  /** Delete what was received: the user said no. */
  | 'discard'
  /** Keep what was received and let go of the store. */
  | 'close';

type Step = [ReceiverState, ReceiverEffect[]];

/**
 * What an event does to a receiving transfer. An event that a state cannot take changes nothing and has
 * no effects: the same array with the same state object comes back.
 */
export function receiverTransition(state: ReceiverState, event: ReceiverEvent): Step {
  const unchanged: Step = [state, []];
  if (state.status === 'failed' && event.type === 'retry') {
    return [event.held === undefined ? { status: 'announced' } : { status: 'stalled', held: event.held }, []];
  }
  if (isEnded(state)) return unchanged;
  if (event.type === 'cancel') {
    const { by, reason } = event;
    return [{ status: 'cancelled', by, reason }, by === 'me' ? ['tell-cancel', 'discard'] : ['discard']];
  }
  if (event.type === 'fail') {
    const { by, code, entry } = event;
    return [{ status: 'failed', by, code, entry }, by === 'me' ? ['tell-failure', 'close'] : ['close']];
  }
  switch (state.status) {
    case 'announced':
      if (event.type === 'accept') return [{ status: 'fetching' }, ['fetch']];
      if (event.type === 'decline') return [{ status: 'declined' }, ['tell-decline', 'discard']];
      return unchanged;
    case 'fetching':
    case 'finishing':
      return whileMoving(state, event) ?? unchanged;
    case 'stalled':
      if (event.type === 'connected') return moving(state.held);
      return whileMoving(state, event) ?? unchanged;
    case 'paused':
      return whilePaused(state, event) ?? unchanged;
    default:
      return state satisfies never;
  }
}

type Moving = Extract<ReceiverState, { status: 'fetching' | 'finishing' | 'stalled' }>;
type Paused = Extract<ReceiverState, { status: 'paused' }>;

function whileMoving(state: Moving, event: ReceiverEvent): Step | undefined {
  const held = state.status === 'stalled' ? state.held : state.status === 'finishing';
  switch (event.type) {
    case 'held':
      return state.status === 'fetching' ? [{ status: 'finishing' }, []] : undefined;
    case 'agreed':
      return [{ status: 'done' }, ['close']];
    case 'disconnected':
      return state.status === 'stalled' ? undefined : [{ status: 'stalled', held }, []];
    case 'pause': {
      const connected = state.status !== 'stalled';
      if (event.by === 'peer' && !connected) return undefined;
      const by = pausedBy(event.by, event.reason);
      const effects: ReceiverEffect[] = by.me ? ['stop-fetching', 'tell-pause'] : ['stop-fetching'];
      return [{ status: 'paused', by, connected, held }, effects];
    }
    default:
      return undefined;
  }
}

function whilePaused(state: Paused, event: ReceiverEvent): Step | undefined {
  switch (event.type) {
    case 'connected':
      // The other side may be new to both: it is told again.
      return [{ ...state, connected: true }, state.by.me ? ['tell-accept', 'tell-pause'] : []];
    case 'disconnected':
      if (!state.by.me) return [{ status: 'stalled', held: state.held }, []];
      return [{ ...state, by: { ...state.by, peer: null }, connected: false }, []];
    case 'held':
      return [{ ...state, held: true }, []];
    case 'agreed':
      return [{ status: 'done' }, ['close']];
    case 'pause': {
      if (state.by[event.by] === event.reason || (event.by === 'peer' && !state.connected)) return undefined;
      const by = { ...state.by, [event.by]: event.reason };
      return [{ ...state, by }, event.by === 'me' ? ['tell-pause'] : []];
    }
    case 'resume': {
      if (!state.by[event.by]) return undefined;
      const by = { ...state.by, [event.by]: null };
      const told: ReceiverEffect[] = event.by === 'me' ? ['tell-resume'] : [];
      if (by.me || by.peer) return [{ ...state, by }, told];
      if (!state.connected) return [{ status: 'stalled', held: state.held }, told];
      const [next, effects] = moving(state.held);
      return [next, [...told, ...effects]];
    }
    default:
      return undefined;
  }
}

export function pausedBy(side: 'me' | 'peer', reason: PauseReason): PausedBy {
  return side === 'me' ? { me: reason, peer: null } : { me: null, peer: reason };
}

function moving(held: boolean): Step {
  return [{ status: held ? 'finishing' : 'fetching' }, ['fetch']];
}

export type EndedStatus = 'done' | 'declined' | 'cancelled' | 'failed';

/** Ended: no event changes it any more, but that what failed may be tried again. Serves both machines. */
export function isEnded<State extends { status: string }>(
  state: State,
): state is Extract<State, { status: EndedStatus }> {
  return ['done', 'declined', 'cancelled', 'failed'].includes(state.status);
}
