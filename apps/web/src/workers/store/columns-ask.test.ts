import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { isForColumns, isOfColumns } from './columns-ask.ts';

const columns = [{ index: 1, firstGroup: 0, groupCount: 2 }];

test('an ask for columns is told from everything else that may come', () => {
  const want = { type: 'columns', versionId: randomUUID(), columns };
  expect(isForColumns(JSON.stringify({ capability: 'c', want }))).toBe(true);
  const place = { type: 'place', shareId: randomUUID(), path: 'a' };
  expect(isForColumns(JSON.stringify({ capability: 'c', want: place }))).toBe(false);
  expect(isForColumns('no JSON')).toBe(false);
  expect(isForColumns('null')).toBe(false);
});

test('a transfer of columns is told from one that somebody has begun', () => {
  expect(isOfColumns({ title: `${randomUUID()}-12-3` })).toBe(true);
  for (const title of ['plan.pdf', randomUUID(), `copy of ${randomUUID()}-12-3`]) {
    expect(isOfColumns({ title })).toBe(false);
  }
});
