import { expect, test } from 'vitest';
import { INITIAL, problemOf, type ShareEvent, type ShareState, statusOf, transition } from './share-state.ts';

const EVENTS: ShareEvent[] = [
  { type: 'opened' },
  { type: 'locked' },
  { type: 'disconnected' },
  { type: 'changed' },
  { type: 'stopped' },
  ...(['done', 'cancelled', 'locked', 'unreadable'] as const).map((outcome) => ({ type: 'walked' as const, outcome })),
  ...(['reached', 'away', 'full'] as const).map((outcome) => ({ type: 'server' as const, outcome })),
];

function after(...events: ShareEvent[]): ShareState {
  return events.reduce((state, event) => transition(state, event)[0], INITIAL);
}

/** Every state that can be reached. */
function reachable(): ShareState[] {
  const known = new Map([[JSON.stringify(INITIAL), INITIAL]]);
  for (const state of known.values()) {
    for (const event of EVENTS) {
      const [next] = transition(state, event);
      known.set(JSON.stringify(next), next);
    }
  }
  return [...known.values()];
}

test('one walk at a time: another begins only when the one before has ended', () => {
  for (const state of reachable()) {
    for (const event of EVENTS) {
      const [next, effects] = transition(state, event);
      if (!effects.includes('walk')) continue;
      expect(state.walk === 'none' || event.type === 'walked').toBe(true);
      expect(next).toMatchObject({ walk: 'under-way', files: 'open' });
    }
  }
});

test('a walk that was asked for is never forgotten', () => {
  for (const state of reachable().filter(({ walk, files }) => walk !== 'none' && files === 'open')) {
    const [asked] = transition(state, { type: 'opened' });
    const [next, effects] = transition(asked, { type: 'walked', outcome: 'done' });
    expect(effects).toEqual(['walk']);
    expect(next.walk).toBe('under-way');
  }
});

test('what cannot be opened is not walked', () => {
  for (const state of reachable().filter(({ files }) => files !== 'open')) {
    for (const event of EVENTS.filter(({ type }) => type !== 'opened')) {
      expect(transition(state, event)[1]).not.toContain('walk');
    }
  }
});

test('other rules end the walk that is under way, and the next one keeps to them', () => {
  const [changed, effects] = transition(after({ type: 'opened' }), { type: 'changed' });
  expect(effects).toEqual(['cancel-walk']);
  expect(transition(changed, { type: 'walked', outcome: 'cancelled' })).toEqual([
    { ...changed, walk: 'under-way' },
    ['walk'],
  ]);
});

test('a share that is unlocked while its walk is being ended is walked again', () => {
  const state = after({ type: 'opened' }, { type: 'locked' }, { type: 'opened' });
  expect(transition(state, { type: 'walked', outcome: 'cancelled' })[1]).toEqual(['walk']);
});

test('a walk that meets a folder that is gone or locked says so, unless something else is known since', () => {
  expect(after({ type: 'opened' }, { type: 'walked', outcome: 'unreadable' }).files).toBe('unreadable');
  expect(after({ type: 'opened' }, { type: 'walked', outcome: 'locked' }).files).toBe('locked');
  expect(after({ type: 'opened' }, { type: 'disconnected' }, { type: 'walked', outcome: 'unreadable' }).files).toBe(
    'disconnected',
  );
});

test.each<[string, ShareEvent[], boolean, ReturnType<typeof statusOf>, ReturnType<typeof problemOf>]>([
  ['at the start', [], false, 'scanning', undefined],
  ['while it is walked', [{ type: 'opened' }], true, 'scanning', undefined],
  ['found, not told', [{ type: 'opened' }, { type: 'walked', outcome: 'done' }], false, 'publishing', undefined],
  ['all told', [{ type: 'opened' }, { type: 'walked', outcome: 'done' }], true, 'listed', undefined],
  ['locked', [{ type: 'locked' }], true, 'locked', undefined],
  ['disconnected', [{ type: 'disconnected' }], true, 'disconnected', undefined],
  ['gone', [{ type: 'opened' }, { type: 'walked', outcome: 'unreadable' }], true, 'failed', 'unreadable'],
  [
    'too much',
    [{ type: 'opened' }, { type: 'walked', outcome: 'done' }, { type: 'server', outcome: 'full' }],
    false,
    'failed',
    'too-many',
  ],
  [
    'not told, and the server is away',
    [{ type: 'opened' }, { type: 'walked', outcome: 'done' }, { type: 'server', outcome: 'away' }],
    false,
    'failed',
    'server',
  ],
  [
    'all told, and the server is away',
    [{ type: 'opened' }, { type: 'walked', outcome: 'done' }, { type: 'server', outcome: 'away' }],
    true,
    'listed',
    undefined,
  ],
])('%s', (_, events, isListed, status, problem) => {
  const state = after(...events);
  expect(statusOf(state, { isListed })).toBe(status);
  expect(problemOf(state, { isListed })).toBe(problem);
});
