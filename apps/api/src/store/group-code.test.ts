import { expect, test } from 'vitest';
import { columnSizeBytes } from './column-size.ts';
import { columnIndex, countedIndex, groupCode } from './group-code.ts';
import { CHUNK_BYTES } from './stored-size.ts';

const MIB = CHUNK_BYTES;
const CODE = { k: 4, n: 10 };

test('a group of several stripes has the code of its version, however short the last one is', () => {
  expect(groupCode(CODE, 5 * MIB, 0)).toEqual({ k: 4, n: 10, absent: 0 });
});

test('a group of one short stripe needs only as many columns as the stripe has chunks', () => {
  expect(groupCode(CODE, 64 * 4 * MIB + 1, 1)).toEqual({ k: 1, n: 7, absent: 3 });
  expect(groupCode(CODE, 2 * MIB, 0)).toEqual({ k: 2, n: 8, absent: 2 });
});

test('its columns are counted one after the other, and those that are counted have bytes', () => {
  const sizeBytes = 64 * 4 * MIB + 1;
  const code = groupCode(CODE, sizeBytes, 1);
  const indexes = Array.from({ length: code.n }, (_, counted) => columnIndex(code, counted));
  expect(indexes).toEqual([0, 4, 5, 6, 7, 8, 9]);
  expect(indexes.map((index) => countedIndex(code, index))).toEqual([0, 1, 2, 3, 4, 5, 6]);
  for (const index of indexes) expect(columnSizeBytes({ sizeBytes, k: 4 }, 1, index)).toBe(1);
});
