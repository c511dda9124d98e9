import { describe, expect, test } from 'vitest';
import { transfer } from './transfer-fixture.ts';
import { actionsOf, isRequest, isServed, percentOf } from './transfer-kind.ts';

describe('actionsOf', () => {
  test.each([
    [{ status: 'announced', direction: 'send' }, ['cancel']],
    [{ status: 'announced', origin: 'catalog' }, ['pause', 'cancel']],
    [{ status: 'announced', origin: 'catalog', direction: 'send' }, ['cancel']],
    [{ status: 'fetching' }, ['pause', 'cancel']],
    [{ status: 'serving', direction: 'send' }, ['pause', 'cancel']],
    [{ status: 'stalled' }, ['pause', 'cancel']],
    [{ status: 'paused', pausedBy: 'me' }, ['resume', 'cancel']],
    [{ status: 'paused', pausedBy: 'peer' }, ['cancel']],
    [{ status: 'paused', pausedBy: 'me', pauseReason: 'space', problem: { code: 'store-full' } }, ['resume', 'cancel']],
    [{ status: 'paused', pausedBy: 'me', pauseReason: 'queue' }, ['cancel']],
    [{ status: 'paused', pausedBy: 'me', pauseReason: 'files' }, ['cancel']],
    [{ status: 'paused', pausedBy: 'me', problem: { code: 'folder-locked' } }, ['cancel']],
    [{ status: 'paused', pausedBy: 'me', problem: { code: 'files-changed' } }, ['cancel']],
    [{ status: 'finishing' }, ['cancel']],
    [{ status: 'done' }, ['remove']],
    [{ status: 'declined', direction: 'send', canRetry: true }, ['retry', 'remove']],
    [{ status: 'cancelled', canRetry: true }, ['retry', 'remove']],
    [{ status: 'cancelled' }, ['remove']],
    [{ status: 'failed', canRetry: true }, ['remove']],
  ] as const)('%j', (change, actions) => expect(actionsOf(transfer(change))).toEqual(actions));
});

test('only an incoming announcement is a request', () => {
  expect(isRequest(transfer({ status: 'announced' }))).toBe(true);
  expect(isRequest(transfer({ status: 'announced', direction: 'send' }))).toBe(false);
  expect(isRequest(transfer({ status: 'fetching' }))).toBe(false);
});

test('what is fetched from the catalog is no request, and what is served is not mine', () => {
  expect(isRequest(transfer({ status: 'announced', origin: 'catalog' }))).toBe(false);
  expect(isServed(transfer({ origin: 'catalog', direction: 'send' }))).toBe(true);
  expect(isServed(transfer({ origin: 'catalog' }))).toBe(false);
  expect(isServed(transfer({ direction: 'send' }))).toBe(false);
});

test.each([
  [{ doneBytes: 0, totalBytes: 0 }, 0],
  [{ doneBytes: 0, totalBytes: 0, status: 'done' }, 100],
  [{ doneBytes: 1, totalBytes: 3 }, 33],
  [{ doneBytes: 999, totalBytes: 1000 }, 99],
  [{ doneBytes: 1000, totalBytes: 1000, status: 'finishing' }, 99],
  [{ doneBytes: 1000, totalBytes: 1000, status: 'done' }, 100],
] as const)('%j is %d %%', (change, percent) => expect(percentOf(transfer(change))).toBe(percent));

test('what was left with colleagues for me asks; what I fetch from the Store does not', () => {
  const stored = (kind: 'file' | 'delivery') =>
    transfer({ status: 'announced', origin: 'store', stored: { versionId: 'v1', kind } });
  expect(isRequest(stored('delivery'))).toBe(true);
  expect(isRequest(stored('file'))).toBe(false);
  expect(actionsOf(stored('file'))).toEqual(['pause', 'cancel']);
});
