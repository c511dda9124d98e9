import { describe, expect, test } from 'vitest';
import { RECEIVER_EVENTS } from '../testing/transfer-events.ts';
import { deadEnds, walk } from '../testing/walk.ts';
import type { PauseReason } from '../wire/stop-message.ts';
import {
  isEnded,
  type ReceiverEffect,
  type ReceiverEvent,
  type ReceiverState,
  receiverTransition,
} from './receiver-state.ts';

const START: ReceiverState = { status: 'announced' };
const taken = walk(START, RECEIVER_EVENTS, receiverTransition);
const isMoving = ({ status }: ReceiverState) => status === 'fetching' || status === 'finishing';
const by = (me: PauseReason | null, peer: PauseReason | null) => ({ me, peer });

/** The state after a row of events. */
function after(...events: ReceiverEvent[]): ReceiverState {
  return events.reduce<ReceiverState>((state, event) => receiverTransition(state, event)[0], START);
}

const accept = { type: 'accept' } as const;
const held = { type: 'held' } as const;
const connected = { type: 'connected' } as const;
const disconnected = { type: 'disconnected' } as const;
const pause = (side: 'me' | 'peer', reason: PauseReason = 'user') => ({ type: 'pause', by: side, reason }) as const;
const resume = (side: 'me' | 'peer') => ({ type: 'resume', by: side }) as const;

describe('every state with every event', () => {
  test('all nine states are reached', () => {
    expect(new Set(taken.map(({ from }) => from.status))).toEqual(
      new Set(['announced', 'fetching', 'paused', 'stalled', 'finishing', 'done', 'declined', 'cancelled', 'failed']),
    );
  });

  test('an event that changes nothing gives the very same state; an ended one never changes', () => {
    for (const { from, event, to, effects } of taken) {
      if (isEnded(from) && event.type !== 'retry') expect([to === from, effects]).toEqual([true, []]);
      if (to === from) expect(effects).toEqual([]);
    }
  });

  test('cancelling and failing end it from anywhere, and say so unless the other side said it', () => {
    for (const { from, event, to, effects } of taken) {
      if (isEnded(from)) continue;
      if (event.type === 'cancel') {
        expect(to).toEqual({ status: 'cancelled', by: event.by, reason: event.reason });
        expect(effects).toEqual(event.by === 'me' ? ['tell-cancel', 'discard'] : ['discard']);
      }
      if (event.type === 'fail') {
        expect(to).toEqual({ status: 'failed', by: event.by, code: event.code, entry: event.entry });
        expect(effects).toEqual(event.by === 'me' ? ['tell-failure', 'close'] : ['close']);
      }
    }
  });

  test('what was received is deleted when somebody said no, kept when it is done or failed, and else untouched', () => {
    for (const { from, to, effects } of taken) {
      const ends = isEnded(to) && !isEnded(from);
      const refused = to.status === 'cancelled' || to.status === 'declined';
      expect(effects.includes('discard')).toBe(ends && refused);
      expect(effects.includes('close')).toBe(ends && !refused);
    }
  });

  test('it asks for chunks exactly when it begins to move, and stops exactly when it is paused', () => {
    for (const { from, event, to, effects } of taken) {
      expect(effects.includes('fetch')).toBe(isMoving(to) && !isMoving(from));
      const stops = to.status === 'paused' && from.status !== 'paused';
      expect(effects.includes('stop-fetching')).toBe(stops);
      if (event.type === 'held' && isMoving(from)) expect(to.status).toBe('finishing');
    }
  });

  test('it tells the other side of its own pause alone', () => {
    for (const { from, event, to, effects } of taken) {
      const pausedByMe = (state: ReceiverState) => (state.status === 'paused' ? state.by.me : null);
      const isNews = pausedByMe(to) !== null && pausedByMe(to) !== pausedByMe(from);
      expect(effects.includes('tell-pause')).toBe(event.type === 'connected' ? pausedByMe(from) !== null : isNews);
      expect(effects.includes('tell-resume')).toBe(pausedByMe(from) !== null && !pausedByMe(to) && !isEnded(to));
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

test.each<[string, ReceiverEvent[], ReceiverState]>([
  ['accepted', [accept], { status: 'fetching' }],
  ['declined', [{ type: 'decline' }], { status: 'declined' }],
  ['all held', [accept, held], { status: 'finishing' }],
  ['agreed', [accept, held, { type: 'agreed' }], { status: 'done' }],
  ['cut off', [accept, disconnected], { status: 'stalled', held: false }],
  ['cut off at the end', [accept, held, disconnected], { status: 'stalled', held: true }],
  ['back', [accept, disconnected, connected], { status: 'fetching' }],
  ['back at the end', [accept, held, disconnected, connected], { status: 'finishing' }],
  ['paused', [accept, pause('me')], { status: 'paused', by: by('user', null), connected: true, held: false }],
  [
    'paused by both',
    [accept, pause('me'), pause('peer')],
    { status: 'paused', by: by('user', 'user'), connected: true, held: false },
  ],
  [
    'resumed by one of two',
    [accept, pause('me'), pause('peer'), resume('me')],
    { status: 'paused', by: by(null, 'user'), connected: true, held: false },
  ],
  [
    'resumed by the wrong one',
    [accept, pause('me'), resume('peer')],
    { status: 'paused', by: by('user', null), connected: true, held: false },
  ],
  ['resumed', [accept, pause('peer'), resume('peer')], { status: 'fetching' }],
  ['all held while paused', [accept, pause('me'), held, resume('me')], { status: 'finishing' }],
  ['resumed without a link', [accept, pause('me'), disconnected, resume('me')], { status: 'stalled', held: false }],
  ['paused by the other side, then cut off', [accept, pause('peer'), disconnected], { status: 'stalled', held: false }],
  ['paused before accepting', [pause('me')], { status: 'announced' }],
  ['accepted twice', [accept, held, accept], { status: 'finishing' }],
  ['declined too late', [accept, { type: 'decline' }], { status: 'fetching' }],
])('%s', (_, events, state) => {
  expect(after(...events)).toEqual(state);
});

test('the reason of a pause is the last one that was given, each side’s its own', () => {
  const reasons = (...events: ReceiverEvent[]) => after(accept, ...events);
  expect(reasons(pause('me', 'space'))).toMatchObject({ by: by('space', null) });
  expect(reasons(pause('me', 'queue'), pause('me', 'user'))).toMatchObject({ by: by('user', null) });
  expect(reasons(pause('me', 'space'), pause('peer', 'files'))).toMatchObject({ by: by('space', 'files') });
  expect(reasons(pause('peer', 'queue'), pause('me'), resume('me'))).toMatchObject({ by: by(null, 'queue') });
});

test('what failed goes on from what is held, or asks again what was never accepted', () => {
  const fail = { type: 'fail', by: 'peer', code: 'no-sources' } as const;
  expect(after(accept, fail, { type: 'retry', held: true })).toEqual({ status: 'stalled', held: true });
  expect(after(fail, { type: 'retry' })).toEqual({ status: 'announced' });
  expect(after(accept, { type: 'retry', held: false })).toEqual({ status: 'fetching' });
});

test.each<[string, ReceiverEvent[], ReceiverEvent, ReceiverEffect[]]>([
  [
    'a pause that comes back to a link is told again, and that it was accepted',
    [accept, pause('me'), disconnected],
    connected,
    ['tell-accept', 'tell-pause'],
  ],
  ['resuming tells first, then asks', [accept, pause('me')], resume('me'), ['tell-resume', 'fetch']],
  ['pausing stops first, then tells', [accept], pause('me'), ['stop-fetching', 'tell-pause']],
  ['a second pause only tells', [accept, pause('peer')], pause('me'), ['tell-pause']],
  ['another reason is told, too', [accept, pause('me', 'queue')], pause('me', 'user'), ['tell-pause']],
])('%s', (_, events, event, effects) => {
  expect(receiverTransition(after(...events), event)[1]).toEqual(effects);
});
