import { describe, expect, test } from 'vitest';
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
    [[transfer({ status: 'stalled' })], [transfer()], ['announce.continues']],
    [[transfer()], [transfer({ status: 'done' })], ['announce.received']],
    [[transfer()], [transfer({ status: 'cancelled', cancelledBy: 'me' })], ['announce.cancelled']],
    [[transfer()], [], []],
  ])('case %#', (before, after, said) => expect(keys(before, after)).toEqual(said));
});
