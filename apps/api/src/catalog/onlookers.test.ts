// Whoever may see a share, and nobody else, is told when something in it is different.
import { setTimeout } from 'node:timers/promises';
import type { Audience } from '@ferry/shared';
import { expect, test } from 'vitest';
import {
  catalogOnDisk,
  contentId,
  file,
  holding,
  someone,
  type TestCatalog,
  viewer,
} from '../testing/catalog-on-disk.ts';
import { type ChangeReach, reachOfBoth } from './change-reach.ts';

/** Longer than it takes until those who may see a change are told. */
const QUIET_MS = 400;

const [ann, ben, cleo, stranger] = [someone(), someone(), someone(), someone()];
const EVERYBODY = [ann, ben, cleo, stranger];
const onlyFor = (...users: { userId: string }[]): Audience => ({
  type: 'chosen',
  userIds: users.map(({ userId }) => userId),
});

/** Who is told of what happens here, once it is quiet again; null when nobody is. */
async function toldOf({ told }: TestCatalog, happens: () => Promise<unknown>): Promise<ChangeReach | null> {
  await setTimeout(QUIET_MS);
  told.length = 0;
  await happens();
  await setTimeout(QUIET_MS);
  return told.length === 0 ? null : told.reduce(reachOfBoth);
}
const users = (...people: { userId: string }[]) => new Set(people.map(({ userId }) => userId));

test.each([
  ['everyone', { type: 'everyone' }],
  ['chosen people', onlyFor(ben, cleo)],
  ['nobody but its owner', onlyFor()],
] satisfies [string, Audience][])('of a share for %s those are told who see it, and no others', async (_, audience) => {
  const catalog = catalogOnDisk();
  const shareId = await catalog.share(ann, { audience });
  const reach = await toldOf(catalog, () => catalog.put(ann, shareId, file('a.txt')));
  for (const person of EVERYBODY) {
    const sees = catalog.reader.owners(viewer(person)).length > 0;
    expect(reach === 'everyone' || reach?.has(person.userId)).toBe(sees);
  }
});

test('many pages at once are told as one or two, to those who see any of them', async () => {
  const catalog = catalogOnDisk();
  const forBen = await catalog.share(ann, { audience: onlyFor(ben) });
  const forCleo = await catalog.share(ann, { audience: onlyFor(cleo) });
  const reach = await toldOf(catalog, async () => {
    for (let page = 0; page < 10; page++) await catalog.put(ann, forBen, file(`${page}`));
    await catalog.put(ann, forCleo, file('one'));
  });
  expect(reach).toEqual(users(ann, ben, cleo));
  expect(catalog.told.length).toBeLessThan(5);
});

test('when a share is for others from now on, those who lose it are told as well as those who get it', async () => {
  const catalog = catalogOnDisk();
  const shareId = await catalog.share(ann, { audience: onlyFor(ben) });
  const changed = () => catalog.share(ann, { shareId, audience: onlyFor(cleo) });
  expect(await toldOf(catalog, changed)).toEqual(users(ann, ben, cleo));
  expect(await toldOf(catalog, () => catalog.share(ann, { shareId, audience: { type: 'everyone' } }))).toBe('everyone');
  expect(await toldOf(catalog, () => catalog.share(ann, { shareId, audience: onlyFor(cleo) }))).toBe('everyone');
});

test('of a share that ends those are told who saw it; of one that somebody else tries to end, nobody', async () => {
  const catalog = catalogOnDisk();
  const shareId = await catalog.share(ann, { audience: onlyFor(ben) });
  expect(await toldOf(catalog, () => catalog.writer.removeShare(stranger, shareId))).toBeNull();
  expect(await toldOf(catalog, () => catalog.writer.removeShare(ann, shareId))).toEqual(users(ann, ben));
});

test('that somebody holds a content is told to those who may see all the shares it came from', async () => {
  const catalog = catalogOnDisk();
  const few = await catalog.share(ann, { audience: onlyFor(ben) });
  const all = await catalog.share(cleo);
  await catalog.put(ann, few, file('a', 1, 1, 1));
  await catalog.put(cleo, all, file('c', 1, 1, 1));
  const holds = (...from: [string, ReturnType<typeof someone>][]) =>
    toldOf(catalog, () =>
      catalog.writer.setHoldings(stranger, from.length > 0 ? [holding([contentId(1)], ...from)] : []),
    );
  expect(await holds([few, ann])).toEqual(users(ann, ben));
  expect(await holds([few, ann])).toBeNull();
  expect(await holds([few, ann], [all, cleo])).toEqual(users(ann, ben));
  expect(await holds([all, cleo])).toBe('everyone');
  expect(await holds()).toBe('everyone');
  // Of somebody else, whoever that was: nobody is shown such a holder.
  expect(await holds([all, ann])).toBeNull();
});

test('that an account is switched off is told to those who saw what it shares, and the same when it is back', async () => {
  const catalog = catalogOnDisk();
  const shareId = await catalog.share(ann, { audience: onlyFor(ben) });
  await catalog.share(cleo);
  const hidden = (...people: { userId: string }[]) =>
    toldOf(catalog, () => catalog.writer.setHiddenOwners(people.map(({ userId }) => userId)));
  expect(await hidden(ann)).toEqual(users(ann, ben));
  expect(await toldOf(catalog, () => catalog.put(ann, shareId, file('a')))).toBeNull();
  expect(await hidden(ann, cleo)).toBe('everyone');
  expect(await hidden(cleo)).toEqual(users(ann, ben));
});
