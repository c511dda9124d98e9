import { LIMITS } from '@ferry/shared';
import { expect, test } from 'vitest';
import type { FetchableDevice, FetchablePlace } from '../catalog/catalog-index.ts';
import { type PlannedGrant, planGrants } from './grant-plan.ts';

const ORIGIN = { userId: 'ann', deviceId: 'ann-1', shareId: 'share', path: 'plans' };
const EVERYBODY = new Set(['ann-1', 'asker', ...Array.from({ length: 300 }, (_, index) => `d${index}`)]);

const place = (more: Partial<FetchablePlace> = {}): FetchablePlace => ({
  origin: ORIGIN,
  isFolder: true,
  contentIds: ['c1', 'c2', 'c3'],
  copies: [],
  holders: [],
  ...more,
});
const by = (shareIds: string[], ...contentIds: string[]) => ({
  shares: shareIds.map((shareId) => ({ shareId, userId: `owner of ${shareId}` })),
  contentIds,
});
const having = (deviceId: string, ...has: FetchableDevice['has']) => ({ userId: `user of ${deviceId}`, deviceId, has });
const copy = (deviceId: string, ...contentIds: string[]) =>
  having(deviceId, by([`share of ${deviceId}`], ...contentIds));
const holder = (deviceId: string, ...contentIds: string[]) => having(deviceId, by(['share'], ...contentIds));
const wantOf = (planned: PlannedGrant | undefined) => (planned?.want.type === 'contents' ? planned.want.of : undefined);
const plan = (of: FetchablePlace, asker = 'asker', online = EVERYBODY) => planGrants(of, asker, online);
const devices = (...given: Parameters<typeof plan>) => plan(...given).map(({ deviceId }) => deviceId);

test('the owner is asked for the place, and its leave is for the share', () => {
  expect(plan(place())).toEqual([
    {
      userId: 'ann',
      deviceId: 'ann-1',
      role: 'owner',
      want: { type: 'place', shareId: 'share', path: 'plans' },
      shares: [{ shareId: 'share', userId: 'ann' }],
      leave: { share: 'share' },
    },
  ]);
});

test('the owner comes first, then copies, then holders, those with more before those with less', () => {
  const copies = [copy('d1', 'c1'), copy('d2', 'c1', 'c2')];
  const holders = [holder('d3', 'c1'), holder('d4', 'c1', 'c2', 'c3')];
  const planned = plan(place({ copies, holders }));
  expect(planned.map(({ deviceId, role }) => [deviceId, role])).toEqual([
    ['ann-1', 'owner'],
    ['d2', 'copy'],
    ['d1', 'copy'],
    ['d4', 'holder'],
    ['d3', 'holder'],
  ]);
});

test('others are asked by content, in the order of the place, and their leave is for that content by that share alone', () => {
  const [, copied] = plan(place({ copies: [copy('d1', 'c3', 'c1', 'elsewhere')] }));
  expect(copied).toMatchObject({
    userId: 'user of d1',
    want: { type: 'contents', of: [{ shareIds: ['share of d1'], contentIds: ['c1', 'c3'] }] },
    shares: [{ shareId: 'share of d1', userId: 'owner of share of d1' }],
    leave: { contents: [{ shareIds: ['share of d1'], contentIds: ['c1', 'c3'] }] },
  });
  expect(copied!.leave).not.toHaveProperty('share');
});

test('the owner is there also while offline, others are not', () => {
  const of = place({ copies: [copy('d1', 'c1')], holders: [holder('d2', 'c1')] });
  expect(devices(of, 'asker', new Set(['d2']))).toEqual(['ann-1', 'd2']);
  expect(devices(of, 'asker', new Set())).toEqual(['ann-1']);
});

test('the asking device is never asked, as owner, copy or holder; another one of the same person is', () => {
  const of = place({ copies: [copy('d1', 'c1'), copy('asker', 'c1')], holders: [holder('asker', 'c2')] });
  expect(devices(of)).toEqual(['ann-1', 'd1']);
  expect(devices(of, 'ann-1')).toEqual(expect.not.arrayContaining(['ann-1']));
  expect(devices(of, 'ann-1').sort()).toEqual(['asker', 'd1']);
});

test('a device that has it in several ways is asked once, for all of it, each content by the shares it has that from', () => {
  const of = place({
    copies: [copy('d1', 'c2'), copy('d1', 'c1'), copy('ann-1', 'c1')],
    holders: [holder('d1', 'c3'), holder('ann-1', 'c1')],
  });
  const planned = plan(of);
  expect(planned.map(({ deviceId, role }) => [deviceId, role])).toEqual([
    ['ann-1', 'owner'],
    ['d1', 'copy'],
  ]);
  expect(wantOf(planned[1])).toEqual([
    { shareIds: ['share of d1'], contentIds: ['c1'] },
    { shareIds: ['share of d1'], contentIds: ['c2'] },
    { shareIds: ['share'], contentIds: ['c3'] },
  ]);
});

test('files with equal content within a place are asked for once', () => {
  const [, copied] = plan(place({ contentIds: ['c1', 'c1', 'c2'], copies: [copy('d1', 'c1', 'c2')] }));
  expect(wantOf(copied)).toEqual([{ shareIds: ['share of d1'], contentIds: ['c1', 'c2'] }]);
});

test('eight at most, the owner among them', () => {
  const copies = Array.from({ length: 100 }, (_, index) => copy(`d${index}`, 'c1'));
  expect(devices(place({ copies }))).toHaveLength(8);
  expect(devices(place({ copies }))[0]).toBe('ann-1');
  expect(devices(place({ copies }), 'ann-1')).toHaveLength(8);
});

test('of many equal sources each device gets others, and the same ones each time', () => {
  const of = place({ copies: Array.from({ length: 100 }, (_, index) => copy(`d${index}`, 'c1')) });
  expect(devices(of, 'asker')).toEqual(devices(of, 'asker'));
  const given = Array.from({ length: 100 }, (_, index) => devices(of, `asker ${index}`).slice(1)).flat();
  expect(new Set(given).size).toBeGreaterThan(80);
});

test('no more contents of one device than a capability has room for', () => {
  const contentIds = Array.from({ length: 1000 }, (_, index) => `c${index}`);
  const [, copied] = plan(place({ contentIds, copies: [copy('d1', ...contentIds.toReversed())] }));
  expect(wantOf(copied)!.flatMap((group) => group.contentIds)).toEqual(
    contentIds.slice(0, LIMITS.catalogWantedContents),
  );
});

test('no more shares of one device than a capability has room for; what is by one that is named already has room', () => {
  const many = Array.from({ length: 20 }, (_, index) => by([`s${index}`, `t${index}`], `c${index}`, `d${index}`));
  const contentIds = many.flatMap((group) => group.contentIds);
  const [, planned] = plan(place({ contentIds, holders: [having('d1', ...many)] }));
  expect(wantOf(planned)).toEqual(
    many.slice(0, 8).map(({ shares, contentIds: ids }) => ({
      shareIds: shares.map(({ shareId }) => shareId),
      contentIds: ids,
    })),
  );
  expect(planned!.shares).toHaveLength(LIMITS.catalogWantedShareNames);
});
