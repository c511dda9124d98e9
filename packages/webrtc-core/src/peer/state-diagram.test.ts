import { expect, test } from 'vitest';
import { documentedDiagram } from '../testing/documented-diagram.ts';
import { stateDiagram } from '../testing/state-diagram.ts';
import { walk } from '../testing/walk.ts';
import { type SessionEvent, type SessionState, sessionTransition } from './session-state.ts';

const CONNECTION_STATES = ['new', 'connecting', 'connected', 'disconnected', 'failed', 'closed'] as const;
const EVENTS: readonly SessionEvent[] = [
  ...CONNECTION_STATES.map((state) => ({ type: 'connection-state', state }) as const),
  { type: 'timeout' },
  { type: 'suspect' },
  { type: 'no-path' },
  { type: 'close' },
];
const START: SessionState = { status: 'connecting' };

/** What the connection says is in quotes; the rest is said by this side. */
function labelOf(event: SessionEvent): string {
  return event.type === 'connection-state' ? `“${event.state}”` : event.type;
}

test('the session is drawn as it is', () => {
  const drawn = stateDiagram(walk(START, EVENTS, sessionTransition), labelOf);
  expect(documentedDiagram('session', drawn)).toBe(drawn);
});
