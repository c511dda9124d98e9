import { expect, test } from 'vitest';
import { criteriaOf } from './criteria.ts';
import { matchExpression, planOf } from './query-plan.ts';
import { SEARCH_BOUNDS } from './search-bounds.ts';

const EXTENT = {
  newestEntry: 1_000_000,
  largestBytes: 2 ** 34,
  earliestMs: Date.UTC(2015),
  latestMs: Date.UTC(2026, 5),
};

function plan(query: string, frequencies: Record<string, number> = {}, ownerNos: number[] | null = null) {
  const criteria = criteriaOf({ query }, [], Date.UTC(2026, 5));
  return planOf(criteria, ownerNos, EXTENT, (token) => frequencies[token] ?? 0.05);
}

test('of a word the rarest tokens are looked for, and no more of them than are worth it', () => {
  const { required } = plan('report', { rep: 0.2, epo: 0.01, por: 0.03, ort: 0.1 })!;
  expect(required).toEqual([['epo'], ['por']]);
  expect(plan('report', { por: 0.00001 })!.required).toEqual([['por']]);
});

test('a rare filter comes before a frequent word, and what nearly everything has is left to the rows', () => {
  expect(plan('jpg type:dwg', { jpg: 0.2, '\u0005xdwg': 0.0001 })!.required[0]).toEqual(['\u0005xdwg']);
  expect(plan('zebra type:jpg', { '\u0005xjpg': 0.95 })!.required).not.toContainEqual(['\u0005xjpg']);
});

test('without anything to look for it is everything', () => {
  expect(plan('')).toEqual({ required: [['\u0005a']], costPerEntry: 0 });
  expect(plan('-draft')).toEqual({ required: [['\u0005a']], costPerEntry: 0 });
});

test('beyond the sizes and times that there are nothing can match', () => {
  expect(plan('>1TB')).toBeNull();
  expect(plan('before:2014')).toBeNull();
  expect(plan('', {}, [])).toBeNull();
  expect(plan('>1GB')).not.toBeNull();
});

test('however much is asked for, the question stays small', () => {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'].map((letter) => letter.repeat(3)).join(' ');
  for (const query of [letters, 'x'.repeat(256), 'ab '.repeat(85), `after:1990 >1B ${letters}`]) {
    const { required } = plan(query)!;
    expect(required.length).toBeLessThanOrEqual(SEARCH_BOUNDS.tokens);
    for (const one of required) expect(one.length).toBeLessThanOrEqual(SEARCH_BOUNDS.alternatives);
  }
  expect(
    plan(
      '',
      {},
      Array.from({ length: 500 }, (_, no) => no),
    )!.required,
  ).toEqual([['\u0005a']]);
});

test('what not everybody may see is looked for under tokens of its own, in shares that may be seen', () => {
  expect(matchExpression([['a b'], ['x', 'y"']], null)).toBe('"a\u0001b" AND ("x" OR "y""")');
  expect(matchExpression([['abc']], ['\u0005s1'])).toBe('("abc") OR ("\u0006abc" AND "\u0006\u0005s1")');
  expect(matchExpression([['abc']], [])).toBe('("abc") OR ("\u0006abc")');
});
