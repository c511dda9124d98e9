import { describe, expect, test } from 'vitest';
import { deadEnds, walk } from '../testing/walk.ts';
import { type SessionEffect, type SessionEvent, type SessionState, sessionTransition } from './session-state.ts';

const START: SessionState = { status: 'connecting' };
const says = (state: RTCPeerConnectionState) => ({ type: 'connection-state', state }) as const;
const timeout = { type: 'timeout' } as const;
const close = { type: 'close' } as const;
const noPath = { type: 'no-path' } as const;
const EVENTS: readonly SessionEvent[] = [
  ...(['new', 'connecting', 'connected', 'disconnected', 'failed', 'closed'] as const).map(says),
  timeout,
  { type: 'suspect' },
  noPath,
  close,
];
const taken = walk(START, EVENTS, sessionTransition);
const isOver = ({ status }: SessionState) => status === 'failed' || status === 'closed';

/** Whether a session in this state waits for a path, and not for ever. */
function isWaiting(state: SessionState): boolean {
  return state.status === 'connecting' || state.status === 'disconnected';
}

describe('every state with every event', () => {
  test('all five states are reached', () => {
    expect(new Set(taken.map(({ from }) => from.status))).toEqual(
      new Set(['connecting', 'connected', 'disconnected', 'failed', 'closed']),
    );
  });

  test('an event that changes nothing gives the very same state and, but for a suspicion, does nothing', () => {
    for (const { from, event, to, effects } of taken) {
      if (to.status !== from.status) continue;
      const restarts = event.type === 'suspect' && from.status === 'connected';
      expect([to === from, effects]).toEqual([true, restarts ? ['restart-ice'] : []]);
    }
  });

  test('an ended one does nothing any more; a failed one may still be closed', () => {
    for (const { from, event, to, effects } of taken) {
      if (!isOver(from)) continue;
      expect(effects).toEqual([]);
      expect(to.status).toBe(event.type === 'close' ? 'closed' : from.status);
    }
  });

  test('closing ends it from anywhere', () => {
    for (const { event, to } of taken) if (event.type === 'close') expect(to).toEqual({ status: 'closed' });
  });

  test('the connection is released exactly once: when it ends', () => {
    for (const { from, to, effects } of taken) {
      expect(effects.filter((effect) => effect === 'release').length).toBe(isOver(to) && !isOver(from) ? 1 : 0);
    }
  });

  test('the timer runs exactly while there is no path and there may be one', () => {
    for (const { from, to, effects } of taken) {
      expect(effects.includes('start-timer')).toBe(isWaiting(to) && !isWaiting(from));
      if (isWaiting(from) && !isWaiting(to)) expect(effects).toContain('stop-timer');
      if (isWaiting(to)) expect(effects).not.toContain('stop-timer');
    }
  });

  test('ICE is restarted only for a path there was', () => {
    for (const { from, event, to, effects } of taken) {
      const isInDoubt = to.status === 'disconnected' || event.type === 'suspect';
      expect(effects.includes('restart-ice')).toBe(from.status === 'connected' && isInDoubt);
    }
  });

  test('from every state that is not over it can still get a path, and it can end', () => {
    expect(deadEnds(taken, ({ status }) => status === 'connected').filter((state) => !isOver(state))).toEqual([]);
    expect(deadEnds(taken, ({ status }) => status === 'closed')).toEqual([]);
  });
});

const connected = says('connected');
const disconnected = says('disconnected');

test.each<[string, SessionEvent[], SessionEvent, SessionState['status'], SessionEffect[]]>([
  ['a path is found', [], connected, 'connected', ['stop-timer']],
  ['looking for a path is how it begins', [], says('connecting'), 'connecting', []],
  ['before there was a path, its loss is none', [], disconnected, 'connecting', []],
  ['no path is found in time', [], timeout, 'failed', ['stop-timer', 'release']],
  ['the browser finds no path', [], says('failed'), 'failed', ['stop-timer', 'release']],
  ['there is no path to be found', [], noPath, 'failed', ['stop-timer', 'release']],
  ['the other side found none where this one did', [connected], noPath, 'closed', ['stop-timer', 'release']],
  ['the same, in doubt', [connected, disconnected], noPath, 'closed', ['stop-timer', 'release']],
  [
    'a lost path restarts ICE and starts the timer',
    [connected],
    disconnected,
    'disconnected',
    ['restart-ice', 'start-timer'],
  ],
  ['a path that is lost twice restarts ICE once', [connected, disconnected], disconnected, 'disconnected', []],
  [
    'an ICE restart that looks like a new beginning is none',
    [connected, disconnected],
    says('connecting'),
    'disconnected',
    [],
  ],
  ['a healed path stops the timer', [connected, disconnected], connected, 'connected', ['stop-timer']],
  [
    'a path that does not heal in time is given up',
    [connected, disconnected],
    timeout,
    'failed',
    ['stop-timer', 'release'],
  ],
  [
    'a path that was given up by the browser is given up',
    [connected],
    says('failed'),
    'failed',
    ['stop-timer', 'release'],
  ],
  ['a timeout that comes late does not end a path', [connected], timeout, 'connected', []],
  ['the other side leaves', [connected], says('closed'), 'closed', ['stop-timer', 'release']],
  ['this side leaves', [connected], close, 'closed', ['stop-timer', 'release']],
  ['a path that comes back after it was given up is not used', [timeout], connected, 'failed', []],
])('%s', (_, before, event, status, effects) => {
  const state = before.reduce<SessionState>((at, each) => sessionTransition(at, each)[0], START);
  expect(sessionTransition(state, event)).toEqual([{ status }, effects]);
});
