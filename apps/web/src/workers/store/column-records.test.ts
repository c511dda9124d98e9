import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import type { ColumnRecord } from '@ferry/store-holder';
import { expect, test } from 'vitest';
import { BrowserColumnRecords } from './column-records.ts';
import { openStoreDatabase } from './store-database.ts';

const versionId = randomUUID();
const record = (index: number, state: ColumnRecord['state'] = 'held'): ColumnRecord => ({
  ...{ column: { versionId, group: 0, index }, sizeBytes: 5, contentId: null, sinceMs: 1 },
  state,
});

test('records of columns are there after a start, the last one of each', async () => {
  const userId = randomUUID();
  const records = new BrowserColumnRecords(await openStoreDatabase(userId));
  await records.put(record(0, 'fetching'));
  await records.put(record(1));
  await records.put(record(0));
  const later = new BrowserColumnRecords(await openStoreDatabase(userId));
  expect(await later.all()).toEqual([record(0), record(1)]);
});

test('removing one leaves the others, and one that there is not does no harm', async () => {
  const records = new BrowserColumnRecords(await openStoreDatabase(randomUUID()));
  await records.put(record(0));
  await records.put(record(1));
  await records.remove(record(0).column);
  await records.remove(record(9).column);
  expect(await records.all()).toEqual([record(1)]);
});
