import { describe, expect, test } from 'vitest';
import { PASSED_OVER_MS, SourceChoice, type SourceUse, WIDEN_EVERY_MS } from './source-choice.ts';

function setUp(most: number, { isWidening = true } = {}) {
  const choice = new SourceChoice({ most, isWidening });
  const choose = (uses: Record<string, SourceUse>, nowMs = 0) =>
    choice.choose(
      Object.entries(uses).map(([peerId, use]) => ({ peerId, use })),
      nowMs,
    );
  return { choice, choose };
}

/** So many of one use, by name. */
const some = (name: string, count: number, use: SourceUse) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`${name}${at}`, use]));

test('those that give are chosen before those that are not known, that wait, and that are of no use', () => {
  const { choose } = setUp(3);
  const uses: Record<string, SourceUse> = {
    none: 'useless',
    queued: 'waits',
    asked: 'unknown',
    a: 'gives',
    b: 'gives',
  };
  expect(choose(uses)).toEqual(['a', 'b', 'asked']);
  expect(choose({ none: 'useless', queued: 'waits', a: 'gives' })).toEqual(['a', 'queued', 'none']);
});

describe('those that are away', () => {
  test('are not looked for while enough give something or may', () => {
    const { choose } = setUp(3);
    expect(choose({ away: 'away', a: 'gives', b: 'gives', c: 'unknown' })).toEqual(['a', 'b', 'c']);
  });

  test('are looked for one by one as they are lacking, not all of them', () => {
    const { choose } = setUp(12);
    const uses = { ...some('away', 100, 'away'), ...some('giving', 11, 'gives') };
    expect(choose(uses).filter((peerId) => peerId.startsWith('away'))).toEqual(['away0']);
  });

  test('do not keep others from being looked for: in the end all are', () => {
    const { choose } = setUp(2);
    const uses = { a: 'gives', ...some('away', 20, 'away') } as const;
    const lookedFor = (nowMs: number) => choose(uses, nowMs).length - 1;
    expect([0, 1, 2, 3].map((times) => lookedFor(times * WIDEN_EVERY_MS))).toEqual([1, 2, 4, 8]);
    expect(lookedFor(100 * WIDEN_EVERY_MS)).toBe(20);
    choose({ a: 'gives', away0: 'gives' }, 100 * WIDEN_EVERY_MS);
    expect(lookedFor(101 * WIDEN_EVERY_MS)).toBe(1);
  });

  test('are never more than are lacking, where one source is enough', () => {
    const { choose } = setUp(2, { isWidening: false });
    choose(some('away', 20, 'away'));
    expect(choose(some('away', 20, 'away'), 100 * WIDEN_EVERY_MS)).toEqual(['away0', 'away1']);
  });
});

describe('connections of no use', () => {
  test('do not keep others from being looked for, and stay until somebody better has come', () => {
    const { choose } = setUp(2);
    const away = some('away', 4, 'away');
    expect(choose({ a: 'waits', b: 'useless', ...away })).toEqual(['a', 'b', 'away0', 'away1']);
    expect(choose({ a: 'waits', b: 'useless', ...away, away1: 'gives' })).toEqual(['away1', 'a', 'away0']);
  });

  test('that made room are not made again at once', () => {
    const { choose } = setUp(1);
    expect(choose({ a: 'useless', b: 'gives' })).toEqual(['b']);
    expect(choose({ a: 'away', b: 'away' }, 10)).toEqual(['b']);
    expect(choose({ a: 'away', b: 'waits' }, PASSED_OVER_MS)).toEqual(['b', 'a']);
  });

  test('that gave something before are as good as others', () => {
    const { choice, choose } = setUp(1);
    choose({ a: 'useless', b: 'gives' });
    choice.gave('a');
    expect(choose({ a: 'away', b: 'waits' }, 10)).toEqual(['b', 'a']);
  });
});
