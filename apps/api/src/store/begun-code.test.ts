import { expect, test } from 'vitest';
import { begunCode } from './begun-code.ts';
import { chooseCode } from './code-choice.ts';
import { spareCount } from './placement.ts';

const MIB = 1_048_576;

test('what an uploader was told is what had been chosen', () => {
  for (const sizeBytes of [1, MIB, 3 * MIB, 1000 * MIB]) {
    for (let ownerCount = 1; ownerCount < 60; ownerCount++) {
      const code = chooseCode(sizeBytes, { ownerCount });
      expect(begunCode({ k: code.k, n: code.n + spareCount(code) }, sizeBytes)).toEqual(code);
    }
  }
});

test('no code that would never be chosen is taken', () => {
  // One chunk in eight columns would be kept many times over.
  expect(begunCode({ k: 8, n: 40 }, MIB)).toBeUndefined();
  expect(begunCode({ k: 16, n: 64 }, 1000 * MIB)).toBeUndefined();
  expect(begunCode({ k: 4, n: 3 }, 1000 * MIB)).toBeUndefined();
  expect(begunCode({ k: 1, n: 64 }, 1000 * MIB)).toEqual({ k: 1, n: 4 });
});
