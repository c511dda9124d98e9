import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { isForColumns } from './columns-ask.ts';

const columns = [{ index: 1, firstGroup: 0, groupCount: 2 }];

test('an ask for columns is told from everything else that may come', () => {
  const want = { type: 'columns', versionId: randomUUID(), columns };
  expect(isForColumns(JSON.stringify({ capability: 'c', want }))).toBe(true);
  const place = { type: 'place', shareId: randomUUID(), path: 'a' };
  expect(isForColumns(JSON.stringify({ capability: 'c', want: place }))).toBe(false);
  expect(isForColumns('no JSON')).toBe(false);
  expect(isForColumns('null')).toBe(false);
});
