import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ServingQueue } from './serving-queue.ts';

const LARGE = 10 * 1024 * 1024;
const MINUTE = 60_000;

const newQueue = (slots: number) => new ServingQueue({ slots, turnMs: 10 * MINUTE });

function queueOf(slots: number, ...userIds: string[]) {
  const queue = newQueue(slots);
  for (const userId of userIds) queue.enter({ transferId: `${userId}1`, requesterId: userId, sizeBytes: LARGE }, 0);
  const moving = (nowMs = 0) => [...queue.decide(nowMs)].filter(([, { moves }]) => moves).map(([id]) => id);
  const placeOf = (transferId: string, nowMs = 0) => queue.decide(nowMs).get(transferId)?.place;
  return { queue, moving, placeOf };
}

describe('slots', () => {
  test('are people, each with whatever they fetch', () => {
    const { queue, moving } = queueOf(2, 'ada', 'bob', 'eve');
    queue.enter({ transferId: 'ada2', requesterId: 'ada', sizeBytes: LARGE }, 0);
    expect(moving()).toEqual(['ada1', 'ada2', 'bob1']);
  });

  test('are given on when somebody has all, or has stopped', () => {
    const { queue, moving } = queueOf(1, 'ada', 'bob', 'eve');
    queue.decide(0);
    queue.leave('ada1', { keepsPlace: false }, 1);
    expect(moving(1)).toEqual(['bob1']);
    queue.setActive('bob1', false, 2);
    expect(moving(2)).toEqual(['eve1']);
  });

  test('may become more or fewer', () => {
    const { queue, moving } = queueOf(1, 'ada', 'bob', 'eve');
    expect(moving()).toEqual(['ada1']);
    queue.slots = 2;
    expect(moving(1)).toEqual(['ada1', 'bob1']);
    queue.slots = 1;
    expect(moving(2)).toEqual(['ada1']);
    queue.leave('ada1', { keepsPlace: false }, 3);
    expect(moving(3)).toEqual(['bob1']);
  });

  test('are not needed for small files', () => {
    const { queue, placeOf, moving } = queueOf(1, 'ada', 'bob');
    queue.enter({ transferId: 'small', requesterId: 'bob', sizeBytes: 512 * 1024 - 1 }, 0);
    queue.enter({ transferId: 'not-small', requesterId: 'bob', sizeBytes: 512 * 1024 }, 0);
    expect(moving()).toEqual(['ada1', 'small']);
    expect(placeOf('small')?.position).toBe(0);
  });
});

describe('the line', () => {
  test('goes round: whoever was served for a while goes to its end, if somebody waits', () => {
    const { moving } = queueOf(1, 'ada', 'bob', 'eve');
    expect(moving(0)).toEqual(['ada1']);
    expect(moving(9 * MINUTE)).toEqual(['ada1']);
    expect(moving(10 * MINUTE)).toEqual(['bob1']);
    expect(moving(20 * MINUTE)).toEqual(['eve1']);
    expect(moving(30 * MINUTE)).toEqual(['ada1']);
  });

  test('leaves whoever is alone alone', () => {
    const { moving } = queueOf(1, 'ada');
    expect(moving(0)).toEqual(['ada1']);
    expect(moving(60 * MINUTE)).toEqual(['ada1']);
  });

  test('says who is next, and how many wait', () => {
    const { queue, placeOf } = queueOf(1, 'ada', 'bob', 'eve');
    expect(placeOf('ada1')).toEqual({ position: 0, waiting: 2, slots: 1 });
    expect(placeOf('bob1')).toEqual({ position: 1, waiting: 2, slots: 1 });
    expect(placeOf('eve1')).toEqual({ position: 2, waiting: 2, slots: 1 });
    queue.leave('bob1', { keepsPlace: false }, 1);
    expect(placeOf('eve1', 1)).toEqual({ position: 1, waiting: 1, slots: 1 });
  });

  test('keeps the place of somebody who lost the link for ten minutes', () => {
    const { queue, placeOf } = queueOf(1, 'ada', 'bob', 'eve');
    queue.leave('bob1', { keepsPlace: true }, 0);
    expect(placeOf('eve1')?.position).toBe(1);
    queue.enter({ transferId: 'bob2', requesterId: 'bob', sizeBytes: LARGE }, 10 * MINUTE);
    expect(queue.decide(9 * MINUTE).get('bob2')?.place.position).toBe(1);
  });

  test('does not keep it longer, nor for somebody who had all', () => {
    const late = queueOf(1, 'ada', 'bob', 'eve');
    late.queue.leave('bob1', { keepsPlace: true }, 0);
    late.queue.enter({ transferId: 'bob2', requesterId: 'bob', sizeBytes: LARGE }, 10 * MINUTE + 1);
    expect(late.placeOf('bob2')?.position).toBe(2);
    const done = queueOf(1, 'ada', 'bob', 'eve');
    done.queue.leave('bob1', { keepsPlace: false }, 0);
    done.queue.enter({ transferId: 'bob2', requesterId: 'bob', sizeBytes: LARGE }, 0);
    expect(done.placeOf('bob2')?.position).toBe(2);
  });

  test('has whoever was served and lost the link next', () => {
    const { queue, moving, placeOf } = queueOf(1, 'ada', 'bob', 'eve');
    queue.decide(0);
    queue.setActive('ada1', false, 1);
    expect(moving(1)).toEqual(['bob1']);
    queue.setActive('ada1', true, 2);
    expect(placeOf('ada1', 2)?.position).toBe(1);
    expect(placeOf('eve1', 2)?.position).toBe(2);
  });
});

describe('bounds', () => {
  test('twenty of one person, a hundred small ones', () => {
    const queue = newQueue(1);
    const enter = (count: number, sizeBytes: number) =>
      Array.from({ length: count }, (_, index) =>
        queue.enter({ transferId: `${sizeBytes} ${index}`, requesterId: 'ada', sizeBytes }, 0),
      );
    expect(enter(21, LARGE).filter(Boolean)).toHaveLength(20);
    expect(enter(101, 1).filter(Boolean)).toHaveLength(100);
    // Asked again, as on a new link.
    expect(queue.enter({ transferId: `${LARGE} 0`, requesterId: 'ada', sizeBytes: LARGE }, 0)).toBe(true);
  });

  test('two hundred wait in all', () => {
    const queue = newQueue(1);
    const enter = (index: number) =>
      queue.enter({ transferId: `t${index}`, requesterId: `user ${index}`, sizeBytes: LARGE }, 0);
    enter(0);
    queue.decide(0);
    expect(Array.from({ length: 201 }, (_, index) => enter(index + 1)).filter(Boolean)).toHaveLength(200);
  });
});

test('paused, it serves nobody, and goes on as it was', () => {
  const { queue, moving } = queueOf(1, 'ada', 'bob');
  queue.enter({ transferId: 'small', requesterId: 'eve', sizeBytes: 1 }, 0);
  queue.decide(0);
  queue.isPaused = true;
  expect([...queue.decide(60 * MINUTE).values()].map((decision) => !decision.moves && decision.reason)).toEqual([
    'user',
    'user',
    'user',
  ]);
  queue.isPaused = false;
  expect(moving(1)).toEqual(['ada1', 'small']);
});

const steps = fc.array(
  fc.oneof(
    fc.record({
      step: fc.constant('enter' as const),
      user: fc.nat(6),
      transfer: fc.nat(2),
      sizeBytes: fc.constantFrom(1, LARGE),
    }),
    fc.record({ step: fc.constant('leave' as const), user: fc.nat(6), transfer: fc.nat(2), keepsPlace: fc.boolean() }),
    fc.record({ step: fc.constant('active' as const), user: fc.nat(6), transfer: fc.nat(2), isActive: fc.boolean() }),
    fc.record({ step: fc.constant('pass' as const), minutes: fc.nat(15) }),
    fc.record({ step: fc.constant('slots' as const), slots: fc.integer({ min: 1, max: 4 }) }),
  ),
  { maxLength: 80 },
);

/** What was asked for and not left, by transfer, as a list that knows no order. */
function replay(queue: ServingQueue, all: typeof steps extends fc.Arbitrary<infer Steps> ? Steps : never) {
  const asked = new Map<string, { userId: string; sizeBytes: number; isActive: boolean }>();
  let nowMs = 0;
  for (const step of all) {
    if (step.step === 'pass') nowMs += step.minutes * MINUTE;
    else if (step.step === 'slots') queue.slots = step.slots;
    else {
      const userId = `user ${step.user}`;
      const transferId = `${userId} ${step.transfer}`;
      const known = asked.get(transferId);
      if (step.step === 'enter') {
        const sizeBytes = known?.sizeBytes ?? step.sizeBytes;
        queue.enter({ transferId, requesterId: userId, sizeBytes }, nowMs);
        asked.set(transferId, { userId, sizeBytes, isActive: known?.isActive ?? true });
      } else if (step.step === 'leave') {
        queue.leave(transferId, step, nowMs);
        asked.delete(transferId);
      } else {
        queue.setActive(transferId, step.isActive, nowMs);
        if (known) known.isActive = step.isActive;
      }
    }
    queue.decide(nowMs);
  }
  return { asked, nowMs };
}

describe('whatever happens', () => {
  test('no more people move than there are slots, none of them idle, and no slot rests while somebody waits', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const queue = newQueue(2);
        const { asked, nowMs } = replay(queue, all);
        const decisions = queue.decide(nowMs);
        expect([...decisions.keys()].sort()).toEqual([...asked.keys()].sort());
        const large = [...asked].filter(([, { sizeBytes }]) => sizeBytes === LARGE);
        const active = new Set(large.filter(([, { isActive }]) => isActive).map(([, { userId }]) => userId));
        const moving = new Set(large.filter(([id]) => decisions.get(id)!.moves).map(([, { userId }]) => userId));
        expect(moving.size).toBe(Math.min(queue.slots, active.size));
        expect([...moving].every((userId) => active.has(userId))).toBe(true);
        for (const [id, { sizeBytes }] of asked) if (sizeBytes !== LARGE) expect(decisions.get(id)!.moves).toBe(true);
        const positions = new Map(large.map(([id, { userId }]) => [userId, decisions.get(id)!.place.position]));
        const waiting = [...active].filter((userId) => !moving.has(userId)).map((userId) => positions.get(userId)!);
        expect(waiting.sort((a, b) => a - b)).toEqual(waiting.map((_, index) => index + 1));
      }),
      { numRuns: 500 },
    );
  });

  test('everybody who waits is served before the line has gone round', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const queue = newQueue(2);
        const { asked, nowMs } = replay(queue, all);
        const waiting = new Set(
          [...asked.values()]
            .filter(({ isActive, sizeBytes }) => isActive && sizeBytes === LARGE)
            .map(({ userId }) => userId),
        );
        const turns = Math.ceil(waiting.size / queue.slots);
        for (let turn = 0; turn <= turns; turn++) {
          for (const [id, { moves }] of queue.decide(nowMs + turn * 10 * MINUTE)) {
            if (moves && asked.get(id)!.sizeBytes === LARGE) waiting.delete(asked.get(id)!.userId);
          }
        }
        expect([...waiting]).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
