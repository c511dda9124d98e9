import { expect, test } from 'vitest';
import { largestSize } from './free-space.ts';

/** A file on a disk with this much room. */
function fileWithRoom(roomBytes: number) {
  const sizes: number[] = [];
  return {
    sizes,
    truncate(sizeBytes: number) {
      if (sizeBytes > roomBytes) throw new DOMException('full', 'QuotaExceededError');
      sizes.push(sizeBytes);
    },
  };
}

test.each([0, 3e6, 20e6, 1e9, 123_456_789_012])(
  'finds %i bytes of room to a hundredth, and never promises more',
  (room) => {
    const found = largestSize(fileWithRoom(room), 2 ** 44);
    expect(found).toBeLessThanOrEqual(room);
    expect(found).toBeGreaterThanOrEqual(room * 0.99 - 2 ** 20);
  },
);

test('asks once when there is enough', () => {
  const file = fileWithRoom(1e9);
  expect(largestSize(file, 5e8)).toBe(5e8);
  expect(file.sizes).toEqual([5e8, 0]);
});

test('leaves the file empty', () => {
  const file = fileWithRoom(7e6);
  largestSize(file, 2 ** 44);
  expect(file.sizes.at(-1)).toBe(0);
});
