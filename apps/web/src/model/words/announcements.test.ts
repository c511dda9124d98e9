import { describe, expect, test } from 'vitest';
import type { TransferSnapshot } from '../../adapters/engine-contract.ts';
import { transfer } from '../transfer/transfer-fixture.ts';
import { announcementsBetween } from './announcements.ts';

const at = (percent: number) => transfer({ doneBytes: percent, totalBytes: 100 });
const keys = (...[before, after]: Parameters<typeof announcementsBetween>) =>
  announcementsBetween(before, after).map(({ key }) => key);

describe('progress', () => {
  test.each([
    [10, 11, []],
    [24, 25, [25]],
    [25, 26, []],
    [10, 60, [50]],
    [74, 99, [75]],
    [60, 40, []],
  ])('%d %% to %d %%', (from, to, said) => {
    const phrases = announcementsBetween([at(from)], [at(to)]);
    expect(phrases.map(({ named }) => named?.percent)).toEqual(said);
  });
});

describe('turns', () => {
  const announced = transfer({ status: 'announced' });
  const sent = transfer({ status: 'announced', direction: 'send' });
  test.each([
    [[], [announced], ['announce.request']],
    [[], [sent], []],
    [[], [transfer({ status: 'done' })], []],
    [[announced], [transfer()], ['announce.started']],
    [[sent], [transfer({ direction: 'send', status: 'serving' })], ['announce.accepted']],
    [[sent], [transfer({ direction: 'send', status: 'declined' })], ['announce.declined']],
    [[announced], [transfer({ status: 'declined' })], []],
    [[transfer()], [transfer({ status: 'paused', pausedBy: 'peer' })], ['announce.pausedBy']],
    [[transfer()], [transfer({ status: 'paused', pausedBy: 'me' })], ['announce.paused']],
    [[transfer({ status: 'stalled' })], [transfer()], ['announce.continues']],
    [[transfer()], [transfer({ status: 'done' })], ['announce.received']],
    [[transfer()], [transfer({ status: 'cancelled', cancelledBy: 'me' })], ['announce.cancelled']],
    [[transfer()], [], []],
  ])('case %#', (before, after, said) => expect(keys(before, after)).toEqual(said));
});

describe('the catalog', () => {
  const fetched = (change: Partial<TransferSnapshot> = {}) => transfer({ origin: 'catalog', ...change });
  const served = (change: Partial<TransferSnapshot> = {}) => fetched({ direction: 'send', ...change });
  const changed = { status: 'paused', pausedBy: 'me', problem: { code: 'files-changed' } } as const;
  test.each([
    [[], [fetched({ status: 'announced' })], []],
    [[], [fetched({ status: 'announced', waitsForOwner: true })], ['announce.waitsForOwner']],
    [[fetched({ waitsForOwner: true })], [fetched({ waitsForOwner: true, doneBytes: 0 })], []],
    [[fetched()], [fetched({ status: 'stalled', waitsForOwner: true })], ['announce.waitsForOwner']],
    [[fetched({ status: 'announced' })], [fetched()], ['announce.started']],
    [[fetched()], [fetched(changed)], ['announce.filesChanged']],
    [[fetched()], [fetched({ status: 'done' })], ['announce.received']],
    [[], [served()], []],
    [[served({ status: 'serving' })], [served({ status: 'done' })], []],
    [[served({ doneBytes: 0 })], [served({ doneBytes: 4e9 })], []],
  ])('case %#', (before, after, said) => expect(keys(before, after)).toEqual(said));
});

describe('pauses', () => {
  const paused = (change: Partial<TransferSnapshot>) => transfer({ status: 'paused', ...change });
  test.each([
    ['me', 'user', 'announce.paused'],
    ['me', 'queue', 'announce.queued'],
    ['me', 'space', 'announce.full'],
    ['me', 'files', 'announce.filesNeeded'],
    ['peer', 'user', 'announce.pausedBy'],
    ['peer', 'queue', 'announce.queuedBy'],
    ['peer', 'space', 'announce.fullBy'],
    ['peer', 'files', 'announce.filesWantedBy'],
  ] as const)('by %s for %s', (pausedBy, pauseReason, said) => {
    expect(keys([transfer()], [paused({ pausedBy, pauseReason })])).toEqual([said]);
  });

  test('another reason is said, the same one is not said again', () => {
    const queued = paused({ pausedBy: 'me', pauseReason: 'queue' });
    const held = paused({ pausedBy: 'me', pauseReason: 'user' });
    expect(keys([queued], [held])).toEqual(['announce.paused']);
    expect(keys([queued], [{ ...queued, order: 3 }])).toEqual([]);
  });
});

describe('what only its user can do', () => {
  test.each([
    ['files-locked', 'announce.filesLocked'],
    ['folder-locked', 'announce.folderLocked'],
    ['files-needed', 'announce.filesNeeded'],
    ['files-differ', 'announce.filesDiffer'],
  ] as const)('%s is said at once, and once', (code, said) => {
    const waiting = transfer({ status: 'paused', pausedBy: 'me', pauseReason: 'files', problem: { code } });
    expect(keys([], [waiting])).toEqual([said]);
    expect(keys([transfer()], [waiting])).toEqual([said]);
    expect(keys([waiting], [waiting])).toEqual([]);
  });
});
