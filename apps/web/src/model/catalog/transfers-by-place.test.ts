import { expect, test } from 'vitest';
import { transfer } from '../transfer/transfer-fixture.ts';
import { keyOf } from './place.ts';
import { transfersByPlace } from './transfers-by-place.ts';

const place = (path: string) => ({ shareId: 's1', path });
const fetching = (transferId: string, status: 'stalled' | 'done' | 'announced', ...paths: string[]) =>
  transfer({ transferId, status, origin: 'catalog', places: paths.map(place) });

test('a transfer is found by each of its places, and by no others', () => {
  const found = transfersByPlace([fetching('t1', 'stalled', 'a', 'b/c'), transfer()]);
  expect([...found].map(([key, { transferId }]) => [key, transferId])).toEqual([
    [keyOf(place('a')), 't1'],
    [keyOf(place('b/c')), 't1'],
  ]);
});

test.each([
  [
    'what is under way comes before what has ended',
    [fetching('t1', 'announced', 'a'), fetching('t2', 'done', 'a')],
    't1',
  ],
  ['of equals the last one counts', [fetching('t1', 'done', 'a'), fetching('t2', 'done', 'a')], 't2'],
])('%s', (_, transfers, transferId) => {
  expect(transfersByPlace(transfers).get(keyOf(place('a')))?.transferId).toBe(transferId);
});
