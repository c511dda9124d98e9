import { expect, test } from 'vitest';
import { totalsOf } from './totals.ts';
import { transfer } from './transfer-fixture.ts';

test('nothing moving has no progress', () => {
  expect(totalsOf([transfer({ status: 'paused' }), transfer({ status: 'done' })])).toEqual({
    downRate: 0,
    upRate: 0,
    movingCount: 0,
    percent: null,
    direction: null,
  });
});

test('receiving comes before sending', () => {
  const totals = totalsOf([
    transfer({ doneBytes: 10, totalBytes: 100, bytesPerSecond: 5 }),
    transfer({ doneBytes: 90, totalBytes: 100, bytesPerSecond: 2, status: 'finishing' }),
    transfer({ doneBytes: 1, totalBytes: 100, bytesPerSecond: 9, status: 'serving', direction: 'send' }),
  ]);
  expect(totals).toEqual({ downRate: 7, upRate: 9, movingCount: 3, percent: 50, direction: 'down' });
});

test('never says 100 while something moves', () => {
  const sending = transfer({ doneBytes: 1, totalBytes: 1, status: 'serving', direction: 'send' });
  expect(totalsOf([sending])).toMatchObject({ percent: 99, direction: 'up' });
});

test('what others fetch counts in the rate, and not in the progress that I wait for', () => {
  const served = transfer({ direction: 'send', status: 'serving', origin: 'catalog' });
  expect(totalsOf([served])).toMatchObject({ upRate: served.bytesPerSecond, movingCount: 1, percent: null });
});
