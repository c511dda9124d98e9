import { describe, expect, test } from 'vitest';
import { SENDER_EVENTS } from '../testing/transfer-events.ts';
import { deadEnds, walk } from '../testing/walk.ts';
import type { PauseReason } from '../wire/stop-message.ts';
import { isEnded } from './receiver-state.ts';
import { type SenderEvent, type SenderState, senderTransition } from './sender-state.ts';

const START: SenderState = { status: 'announced' };
const taken = walk(START, SENDER_EVENTS, senderTransition);
const by = (me: PauseReason | null, peer: PauseReason | null) => ({ me, peer });

function after(...events: SenderEvent[]): SenderState {
  return events.reduce<SenderState>((state, event) => senderTransition(state, event)[0], START);
}

const accepted = { type: 'accepted' } as const;
const connected = { type: 'connected' } as const;
const disconnected = { type: 'disconnected' } as const;
const pause = (side: 'me' | 'peer', reason: PauseReason = 'user') => ({ type: 'pause', by: side, reason }) as const;
const retry = (accepted: boolean, connected: boolean) => ({ type: 'retry', accepted, connected }) as const;
const fail = (side: 'me' | 'peer') => ({ type: 'fail', by: side, code: 'lost' }) as const;
const resume = (side: 'me' | 'peer') => ({ type: 'resume', by: side }) as const;

describe('every state with every event', () => {
  test('all eight states are reached', () => {
    expect(new Set(taken.map(({ from }) => from.status))).toEqual(
      new Set(['announced', 'serving', 'paused', 'stalled', 'done', 'declined', 'cancelled', 'failed']),
    );
  });

  test('an event that changes nothing gives the very same state; an ended one never changes', () => {
    for (const { from, event, to, effects } of taken) {
      if (isEnded(from) && from.status !== 'failed') expect([to === from, effects]).toEqual([true, []]);
      if (to === from && event.type !== 'connected') expect(effects).toEqual([]);
    }
  });

  test('it announces on every link until it has ended, and when it is tried again', () => {
    for (const { from, event, effects } of taken) {
      const isNewLink = event.type === 'connected' && !isEnded(from);
      const isRetry = event.type === 'retry' && from.status === 'failed';
      expect(effects.includes('announce')).toBe(isNewLink || isRetry);
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
        expect(to).toEqual({ status: 'failed', by: event.by, code: event.code, entry: event.entry });
        expect(effects).toEqual(event.by === 'me' ? ['drop-requests', 'tell-failure'] : ['drop-requests']);
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
      const pausedByMe = (state: SenderState) => (state.status === 'paused' ? state.by.me : null);
      const isNews = pausedByMe(to) !== null && pausedByMe(to) !== pausedByMe(from);
      const begins = event.type === 'connected' || event.type === 'accepted';
      expect(effects.includes('tell-pause')).toBe(begins ? pausedByMe(from) !== null : isNews);
      const isOver = pausedByMe(from) !== null && !pausedByMe(to) && !isEnded(to);
      const isRevived = from.status === 'failed' && event.type === 'accepted' && to !== from;
      expect(effects.includes('tell-resume')).toBe(isOver || isRevived);
    }
  });

  test('a pause is always somebody’s; the other side’s lasts only as long as the link', () => {
    for (const { to } of taken) {
      if (to.status !== 'paused') continue;
      expect(to.by.me ?? to.by.peer).not.toBeNull();
      if (!to.connected) expect(to.by.peer).toBeNull();
    }
  });

  test('whatever happened, it can still be done', () => {
    const stuck = deadEnds(taken, (state) => state.status === 'done').filter(
      (state) => !isEnded(state) || state.status === 'failed',
    );
    expect(stuck).toEqual([]);
  });
});

test.each<[string, SenderEvent[], SenderState]>([
  ['accepted', [accepted], { status: 'serving' }],
  ['declined', [{ type: 'declined' }], { status: 'declined' }],
  ['declined by a receiver that was asked again', [accepted, { type: 'declined' }], { status: 'declined' }],
  ['cut off before an answer', [disconnected], { status: 'announced' }],
  ['cut off', [accepted, disconnected], { status: 'stalled' }],
  ['back', [accepted, disconnected, connected], { status: 'serving' }],
  ['accepted anew', [accepted, disconnected, accepted], { status: 'serving' }],
  ['agreed', [accepted, { type: 'agreed' }], { status: 'done' }],
  ['agreed while stalled', [accepted, disconnected, { type: 'agreed' }], { status: 'done' }],
  ['agreed while paused', [accepted, pause('me'), { type: 'agreed' }], { status: 'done' }],
  ['agreed before it was accepted', [{ type: 'agreed' }], { status: 'announced' }],
  ['paused', [accepted, pause('me')], { status: 'paused', by: by('user', null), connected: true }],
  [
    'paused without a link',
    [accepted, disconnected, pause('me')],
    { status: 'paused', by: by('user', null), connected: false },
  ],
  [
    'paused by both',
    [accepted, pause('peer'), pause('me')],
    { status: 'paused', by: by('user', 'user'), connected: true },
  ],
  ['resumed', [accepted, pause('me'), resume('me')], { status: 'serving' }],
  ['resumed without a link', [accepted, pause('me'), disconnected, resume('me')], { status: 'stalled' }],
  ['paused by the other side, then cut off', [accepted, pause('peer'), disconnected], { status: 'stalled' }],
  [
    'accepted while paused',
    [accepted, pause('me'), accepted],
    { status: 'paused', by: by('user', null), connected: true },
  ],
  [
    'paused for want of files, then by the user',
    [accepted, pause('me', 'files'), pause('me')],
    { status: 'paused', by: by('user', null), connected: true },
  ],
  ['accepted again by whoever had given up', [accepted, fail('peer'), accepted], { status: 'serving' }],
  [
    'accepted again after its own failure',
    [accepted, fail('me'), accepted],
    { status: 'failed', by: 'me', code: 'lost' },
  ],
  ['tried again', [accepted, fail('me'), retry(true, true)], { status: 'serving' }],
  ['tried again without a link', [accepted, fail('me'), retry(true, false)], { status: 'stalled' }],
  ['tried again before an answer', [fail('me'), retry(false, true)], { status: 'announced' }],
])('%s', (_, events, state) => {
  expect(after(...events)).toEqual(state);
});
