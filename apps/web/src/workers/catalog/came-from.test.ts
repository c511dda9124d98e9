import { LIMITS, type Want } from '@ferry/shared';
import { expect, test } from 'vitest';
import { leaveOf, mayPassOn, sharesOf, withMore } from './came-from.ts';
import { DownloadProvenance } from './download-provenance.ts';
import type { CameFrom, CatalogOrigin } from './download-record.ts';

const share = (shareId: string) => ({ shareId, userId: `owner of ${shareId}` });
const from = (shareId: string, ...contentIds: string[]): CameFrom => ({ ...share(shareId), contentIds });
const all = (shareId: string): CameFrom => ({ ...share(shareId), contentIds: null });

test('leave for a place is for whatever is there, leave for contents for these by each of their shares', () => {
  const place: Want = { type: 'place', shareId: 's', path: 'a' };
  expect(leaveOf({ want: place, shares: [share('s')] })).toEqual([all('s')]);
  const of = [
    { shareIds: ['s', 't'], contentIds: ['1'] },
    { shareIds: ['t'], contentIds: ['2'] },
  ];
  expect(leaveOf({ want: { type: 'contents', of }, shares: [share('t'), share('s')] })).toEqual([
    from('t', '1'),
    from('s', '1'),
    from('t', '2'),
  ]);
});

test('what is known grows by what is new, and is the same where nothing is', () => {
  const known = [from('s', '1')];
  expect(withMore(known, [from('s', '1')])).toBe(known);
  expect(withMore(known, [from('s', '2'), from('t', '1')])).toEqual([from('s', '1', '2'), from('t', '1')]);
  expect(withMore(known, [all('s')])).toEqual([all('s')]);
  const whole = [all('s')];
  expect(withMore(whole, [from('s', '1')])).toBe(whole);
  // The same id of somebody else is another share.
  const other = { ...from('s', '1'), userId: 'somebody else' };
  expect(withMore(known, [other])).toEqual([from('s', '1'), other]);
});

test('a file came from all the shares whose leave was for it', () => {
  const cameFrom = [all('s'), from('t', '1', '2'), from('u', '3')];
  const shareIdsOf = (contentId: string) => sharesOf(contentId, cameFrom)?.map(({ shareId }) => shareId);
  expect([shareIdsOf('1'), shareIdsOf('3'), shareIdsOf('4')]).toEqual([['s', 't'], ['s', 'u'], ['s']]);
});

test('it is passed on by leave for all of them, and not by leave for some', () => {
  const cameFrom = [all('s'), from('t', '1')];
  expect(mayPassOn('1', cameFrom, ['s'])).toBe(false);
  expect(mayPassOn('1', cameFrom, ['t'])).toBe(false);
  expect(mayPassOn('1', cameFrom, ['t', 's', 'more'])).toBe(true);
  expect(mayPassOn('2', cameFrom, ['s'])).toBe(true);
});

test('what came from nowhere that is known, or from more shares than can be told, is for nobody', () => {
  expect(mayPassOn('1', undefined, ['s'])).toBe(false);
  expect(mayPassOn('1', [], ['s'])).toBe(false);
  expect(mayPassOn('1', [from('s', '2')], ['s'])).toBe(false);
  const many = Array.from({ length: LIMITS.catalogHoldingShares + 1 }, (_, at) => from(`${at}`, '1'));
  const shareIds = many.map(({ shareId }) => shareId);
  expect(mayPassOn('1', many, shareIds)).toBe(false);
  expect(mayPassOn('1', many.slice(1), shareIds)).toBe(true);
});

/** A download, and what its devices were asked with. */
function provenance(cameFrom: CatalogOrigin['cameFrom'], leaves: Record<string, CameFrom[]>) {
  const place = { shareId: 's', path: '' };
  const catalog: CatalogOrigin = { place, contentId: null, onlyPaths: null, sources: [], cameFrom };
  const changes: unknown[] = [];
  const leaveOf = (deviceId: string) => leaves[deviceId];
  const notes = new DownloadProvenance({ catalog, leaveOf, changed: () => changes.push(catalog.cameFrom) });
  return { catalog, changes, leaves, note: (deviceId: string) => notes.note(deviceId) };
}

test('the first chunk of each share is noted, once; of those that gave nothing, nothing', () => {
  const { catalog, changes, leaves, note } = provenance([], { a: [all('s')], b: [from('t', '1')], c: [all('u')] });
  for (const deviceId of ['a', 'a', 'b', 'a', 'b']) note(deviceId);
  expect(changes).toEqual([[all('s')], [all('s'), from('t', '1')]]);
  // Asked once more, by other leave.
  leaves.b = [from('t', '1'), from('v', '2')];
  note('b');
  expect(catalog.cameFrom).toEqual([all('s'), from('t', '1'), from('v', '2')]);
});

test('what came before it was noted, or from a device that was not asked, makes all of it unknown', () => {
  const old = provenance(undefined, { a: [all('s')] });
  old.note('a');
  expect(old.catalog.cameFrom).toBeUndefined();
  expect(old.changes).toEqual([]);
  const stranger = provenance([], { a: [all('s')] });
  stranger.note('a');
  stranger.note('nobody knows');
  stranger.note('a');
  expect(stranger.catalog.cameFrom).toBeUndefined();
});
