import { expect, test } from 'vitest';
import { mapRows, sharePercent } from './map-rows.ts';
import { storedAt } from './stored-fixture.ts';

const cell = (firstGroup: number, endGroup = firstGroup + 1) => ({ firstGroup, endGroup, online: 1, kept: 1 });
const run = (firstGroup: number, groupCount: number, index = 0) => ({ index, firstGroup, groupCount });

test('a cell is lit whole by all of its groups, and half by some', () => {
  const [row] = mapRows([storedAt({ columns: [run(0, 2), run(3, 1)] })], [cell(0, 2), cell(2, 4), cell(4, 6)]);
  expect(row?.levels).toEqual([3, 1, 0]);
});

test('all devices of a person are one row', () => {
  const rows = mapRows(
    [
      storedAt({ deviceId: 'laptop', isOnline: false, keptBytes: 10, columns: [run(0, 1)] }),
      storedAt({ deviceId: 'rack', isAlwaysOn: true, keptBytes: 5, columns: [run(1, 1, 7)] }),
    ],
    [cell(0), cell(1)],
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ isOnline: true, isAlwaysOn: true, keptBytes: 15, levels: [3, 3] });
});

test('who is online comes first, then who keeps most', () => {
  const at = (username: string, isOnline: boolean, keptBytes: number) =>
    storedAt({ userId: username, username, isOnline, keptBytes });
  const rows = mapRows([at('away', false, 9), at('little', true, 1), at('much', true, 5)], []);
  expect(rows.map(({ username }) => username)).toEqual(['much', 'little', 'away']);
});

test.each([
  [475, 1900, 25],
  [1, 100_000, 1],
  [0, 100, 0],
  [2000, 1900, 100],
  [0, 0, 0],
])('%d of %d bytes is %d %%', (kept, size, percent) => expect(sharePercent(kept, size)).toBe(percent));
