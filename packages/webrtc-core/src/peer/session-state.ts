// The life of one session in W3C's words (RTCPeerConnectionState), as a pure machine: what to do when the
// path is in doubt. No I/O, no clock.

export type SessionState =
  | { status: 'connecting' }
  | { status: 'connected' }
  /** The path is in doubt; it may heal by itself, and an ICE restart helps it. */
  | { status: 'disconnected' }
  /** No path was found; only a new session helps. */
  | { status: 'failed' }
  | { status: 'closed' };

export type SessionEvent =
  | { type: 'connection-state'; state: RTCPeerConnectionState }
  /** Connecting, or healing, took too long. */
  | { type: 'timeout' }
  /** Something else than ICE says that the path is in doubt. */
  | { type: 'suspect' }
  /** One of the two sides knows that there is no path to be found. */
  | { type: 'no-path' }
  | { type: 'close' };

export type SessionEffect = 'restart-ice' | 'start-timer' | 'stop-timer' | 'release';

/** What an event does to a session; an ended one does not change any more. */
export function sessionTransition(state: SessionState, event: SessionEvent): [SessionState, SessionEffect[]] {
  if (state.status === 'closed' || state.status === 'failed') {
    return event.type === 'close' && state.status === 'failed' ? [{ status: 'closed' }, []] : [state, []];
  }
  switch (event.type) {
    case 'close':
      return [{ status: 'closed' }, ['stop-timer', 'release']];
    case 'timeout':
      return state.status === 'connected' ? [state, []] : [{ status: 'failed' }, ['stop-timer', 'release']];
    case 'suspect':
      // In any other state another path is being looked for already.
      return [state, state.status === 'connected' ? ['restart-ice'] : []];
    case 'no-path':
      // The other side may miss the moment in which this one was connected; then it is simply gone.
      return onConnectionState(state, state.status === 'connecting' ? 'failed' : 'closed');
    case 'connection-state':
      return onConnectionState(state, event.state);
    default:
      return event satisfies never;
  }
}

function onConnectionState(state: SessionState, next: RTCPeerConnectionState): [SessionState, SessionEffect[]] {
  switch (next) {
    case 'connected':
      return state.status === 'connected' ? [state, []] : [{ status: 'connected' }, ['stop-timer']];
    case 'disconnected':
      return state.status === 'connected' ? [{ status: 'disconnected' }, ['restart-ice', 'start-timer']] : [state, []];
    case 'failed':
      return [{ status: 'failed' }, ['stop-timer', 'release']];
    case 'closed':
      return [{ status: 'closed' }, ['stop-timer', 'release']];
    default:
      // `new` and `connecting` are how it begins, and how an ICE restart looks meanwhile.
      return [state, []];
  }
}
