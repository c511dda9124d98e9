import { describe, expect, test } from 'vitest';
import { SENDER_EVENTS } from '../testing/transfer-events.ts';
import { deadEnds, walk } from '../testing/walk.ts';
import { isEnded } from './receiver-state.ts';
import { type SenderEvent, type SenderState, senderTransition } from './sender-state.ts';

const START: SenderState = { status: 'announced' };
const taken = walk(START, SENDER_EVENTS, senderTransition);
const by = (me: boolean, peer: boolean) => ({ me, peer });

function after(...events: SenderEvent[]): SenderState {
  return events.reduce<SenderState>((state, event) => senderTransition(state, event)[0], START);
}

const accepted = { type: 'accepted' } as const;
const connected = { type: 'connected' } as const;
const disconnected = { type: 'disconnected' } as const;
const pause = (side: 'me' | 'peer') => ({ type: 'pause', by: side }) as const;
const resume = (side: 'me' | 'peer') => ({ type: 'resume', by: side }) as const;

describe('every state with every event', () => {
  test('all eight states are reached', () => {
    expect(new Set(taken.map(({ from }) => from.status))).toEqual(
      new Set(['announced', 'serving', 'paused', 'stalled', 'done', 'declined', 'cancelled', 'failed']),
    );
  });

  test('an event that changes nothing gives the very same state; an ended one never changes', () => {
    for (const { from, event, to, effects } of taken) {
      if (isEnded(from)) expect([to === from, effects]).toEqual([true, []]);
      // Announcing is the one thing said without a change: on every new link, until it is answered.
      const announces = from.status === 'announced' && event.type === 'connected';
      if (to === from) expect(effects).toEqual(announces ? ['announce'] : []);
      else expect(effects).not.toContain('announce');
    }
  });

  test('cancelling and failing end it from anywhere, forget the requests, and say so', () => {
    for (const { from, event, to, effects } of taken) {
      if (isEnded(from)) continue;
      if (event.type === 'cancel') {
        expect(to).toEqual({ status: 'cancelled', by: event.by, reason: event.reason });
        expect(effects).toEqual(event.by === 'me' ? ['drop-requests', 'tell-cancel'] : ['drop-requests']);
      }
      if (event.type === 'fail') {
        expect(to).toEqual({ status: 'failed', code: event.code, entry: event.entry });
        expect(effects).toEqual(['drop-requests', 'tell-failure']);
      }
    }
  });

  test('whoever stops serving forgets what was asked', () => {
    for (const { from, to, effects } of taken) {
      if (from.status === 'serving' && to.status !== 'serving') expect(effects).toContain('drop-requests');
    }
  });

  test('it tells the other side of its own pause alone', () => {
    for (const { from, event, to, effects } of taken) {
      const pausedByMe = (state: SenderState) => state.status === 'paused' && state.by.me;
      const tells = event.type === 'connected' ? pausedByMe(from) : pausedByMe(to) && !pausedByMe(from);
      expect(effects.includes('tell-pause')).toBe(tells);
      expect(effects.includes('tell-resume')).toBe(pausedByMe(from) && !pausedByMe(to) && !isEnded(to));
    }
  });

  test('a pause is always somebody’s; the other side’s lasts only as long as the link', () => {
    for (const { to } of taken) {
      if (to.status !== 'paused') continue;
      expect(to.by.me || to.by.peer).toBe(true);
      if (!to.connected) expect(to.by).toEqual(by(true, false));
    }
  });

  test('whatever happened, it can still be done', () => {
    const stuck = deadEnds(taken, (state) => state.status === 'done').filter((state) => !isEnded(state));
    expect(stuck).toEqual([]);
  });
});

test.each<[string, SenderEvent[], SenderState]>([
  ['accepted', [accepted], { status: 'serving' }],
  ['declined', [{ type: 'declined' }], { status: 'declined' }],
  ['declined too late', [accepted, { type: 'declined' }], { status: 'serving' }],
  ['cut off before an answer', [disconnected], { status: 'announced' }],
  ['cut off', [accepted, disconnected], { status: 'stalled' }],
  ['back', [accepted, disconnected, connected], { status: 'serving' }],
  ['accepted anew', [accepted, disconnected, accepted], { status: 'serving' }],
  ['agreed', [accepted, { type: 'agreed' }], { status: 'done' }],
  ['agreed while stalled', [accepted, disconnected, { type: 'agreed' }], { status: 'done' }],
  ['agreed while paused', [accepted, pause('me'), { type: 'agreed' }], { status: 'done' }],
  ['agreed before it was accepted', [{ type: 'agreed' }], { status: 'announced' }],
  ['paused', [accepted, pause('me')], { status: 'paused', by: by(true, false), connected: true }],
  [
    'paused without a link',
    [accepted, disconnected, pause('me')],
    { status: 'paused', by: by(true, false), connected: false },
  ],
  ['paused by both', [accepted, pause('peer'), pause('me')], { status: 'paused', by: by(true, true), connected: true }],
  ['resumed', [accepted, pause('me'), resume('me')], { status: 'serving' }],
  ['resumed without a link', [accepted, pause('me'), disconnected, resume('me')], { status: 'stalled' }],
  ['paused by the other side, then cut off', [accepted, pause('peer'), disconnected], { status: 'stalled' }],
  [
    'accepted while paused',
    [accepted, pause('me'), accepted],
    { status: 'paused', by: by(true, false), connected: true },
  ],
])('%s', (_, events, state) => {
  expect(after(...events)).toEqual(state);
});
