import { expect, test } from 'vitest';
import { failed, pausable, resumable } from './together.ts';
import { transfer } from './transfer-fixture.ts';

const all = [
  transfer({ transferId: 'moving' }),
  transfer({ transferId: 'lost', status: 'stalled' }),
  transfer({ transferId: 'queued', status: 'paused', pausedBy: 'me', pauseReason: 'queue' }),
  transfer({ transferId: 'held', status: 'paused', pausedBy: 'me', pauseReason: 'user' }),
  transfer({ transferId: 'full', status: 'paused', pausedBy: 'me', pauseReason: 'space' }),
  transfer({ transferId: 'theirs', status: 'paused', pausedBy: 'peer', pauseReason: 'queue' }),
  transfer({ transferId: 'asked', status: 'announced', direction: 'send' }),
  transfer({ transferId: 'broken', status: 'failed' }),
  transfer({ transferId: 'refused', status: 'declined' }),
];
const ids = (transfers: { transferId: string }[]) => transfers.map(({ transferId }) => transferId);

test('what moves, looks for a path or waits its turn can be paused', () => {
  expect(ids(pausable(all))).toEqual(['moving', 'lost', 'queued']);
});

test('what I paused, or what had no room, can be resumed', () => {
  expect(ids(resumable(all))).toEqual(['held', 'full']);
});

test('declined is not failed', () => {
  expect(ids(failed(all))).toEqual(['broken']);
});
