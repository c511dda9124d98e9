import { expect, test } from 'vitest';
import { transfer } from '../transfer/transfer-fixture.ts';
import { canDownload, standingOf } from './entry-standing.ts';

const nothing = { isSharedHere: false, transfer: undefined, held: null, availableFrom: 'sharer' as const };
const held = { type: 'received', transferId: 'r1', entryIndex: 3 } as const;
const fetching = transfer({ status: 'stalled', origin: 'catalog' });

test.each([
  [{}, 'available'],
  [{ availableFrom: null }, 'away'],
  [{ availableFrom: 'fetcher' }, 'passed-on'],
  [{ availableFrom: null, held }, 'held'],
  [{ held, transfer: fetching }, 'fetching'],
  [{ transfer: transfer({ status: 'failed' }) }, 'available'],
  [{ transfer: transfer({ status: 'cancelled' }), availableFrom: null }, 'away'],
  [{ transfer: transfer({ status: 'done' }) }, 'held'],
  [{ held, transfer: fetching, isSharedHere: true }, 'mine'],
] as const)('with %j an entry is %s', (facts, type) => {
  expect(standingOf({ ...nothing, ...facts }).type).toBe(type);
});

test('what is here, on its way or mine is not downloaded again', () => {
  const kinds = [
    {},
    { availableFrom: null },
    { availableFrom: 'fetcher' as const },
    { held },
    { transfer: fetching },
    { isSharedHere: true },
  ];
  expect(kinds.map((facts) => canDownload(standingOf({ ...nothing, ...facts })))).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});
