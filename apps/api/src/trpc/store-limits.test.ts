import { expect, test } from 'vitest';
import { StoreLimits } from './store-limits.ts';

test('keys are told as often as all of somebody’s devices come back at once, not as fast as a program can', async () => {
  const limits = new StoreLimits();
  const told = await Promise.allSettled(Array.from({ length: 300 }, () => limits.keys('ann')));
  const taken = told.filter(({ status }) => status === 'fulfilled').length;
  expect(taken).toBeGreaterThanOrEqual(100);
  expect(taken).toBeLessThan(200);
  await limits.keys('ben');
});
