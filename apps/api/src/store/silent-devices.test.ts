import { expect, test } from 'vitest';
import { isSilent } from './silent-devices.ts';

const HOUR_MS = 3_600_000;
const failed = (auditorOwnerId: string, hours: number) => ({ auditorOwnerId, concludedAt: hours * HOUR_MS });

test('three people who got nothing, on two days, are enough', () => {
  expect(isSilent([failed('ann', 9), failed('ben', 17), failed('carol', 24)])).toBe(true);
});

test('less is no proof', () => {
  expect(isSilent([])).toBe(false);
  expect(isSilent([failed('ann', 9), failed('ann', 17), failed('ben', 40), failed('ann', 100)])).toBe(false);
  expect(isSilent([failed('ann', 9), failed('ben', 11), failed('carol', 17)])).toBe(false);
});
