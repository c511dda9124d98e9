import { holdingsSchema, LIMITS } from '@ferry/shared';
import { expect, test } from 'vitest';
import type { PassedOn } from './held-contents.ts';
import { toHoldings } from './told-holdings.ts';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const content = (n: number) => `${String(n).padStart(42, '0')}A`;
const by = (...numbers: number[]) => numbers.map((n) => ({ shareId: uuid(n), userId: uuid(1000 + n) }));
const held = (n: number, ...numbers: number[]): PassedOn => ({
  contentId: content(n),
  sizeBytes: 1,
  shares: by(...numbers),
});
const deviceId = uuid(0);

test('contents of the same shares are told together, whatever their order', () => {
  const told = toHoldings([held(1, 1, 2), held(2, 3), held(3, 2, 1)]);
  expect(told).toEqual([
    {
      shares: [
        [uuid(1), uuid(1001)],
        [uuid(2), uuid(1002)],
      ],
      contentIds: [content(1), content(3)],
    },
    { shares: [[uuid(3), uuid(1003)]], contentIds: [content(2)] },
  ]);
  expect(toHoldings([held(3, 2, 1), held(2, 3), held(1, 1, 2)])).toEqual(told);
});

test('the most that is told is what the server takes, in one request of 64 KiB', () => {
  const each = (n: number) => held(n, n % 200);
  const holdings = toHoldings(Array.from({ length: 5000 }, (_, n) => each(n)));
  expect(holdingsSchema.safeParse({ deviceId, holdings }).success).toBe(true);
  expect(holdings).toHaveLength(LIMITS.catalogHoldingShareNames);
  expect(holdings.flatMap(({ contentIds }) => contentIds)).toHaveLength(LIMITS.catalogHoldings);
  expect(JSON.stringify({ deviceId, holdings }).length).toBeLessThan(64 * 1024);
});

test('where there is no room for more shares, the first ones count', () => {
  const many = Array.from({ length: 30 }, (_, n) => held(n, ...Array.from({ length: 8 }, (__, at) => n * 8 + at)));
  const told = toHoldings([...many, held(100, ...Array.from({ length: 8 }, (_, at) => at))]);
  expect(told.flatMap(({ contentIds }) => contentIds).sort()).toEqual(
    [...many.slice(0, 16).map((one) => one.contentId), content(100)].sort(),
  );
  expect(holdingsSchema.safeParse({ deviceId, holdings: told }).success).toBe(true);
});
