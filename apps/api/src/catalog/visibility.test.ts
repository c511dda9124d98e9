// Who may see what, of every question that can be asked: what one may not see is not there, is not counted and is no
// source, and a guessed id is answered as one that does not exist.
import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  catalogOnDisk,
  contentId,
  file,
  holding,
  someone,
  type TestCatalog,
  viewer,
} from '../testing/catalog-on-disk.ts';
import type { CatalogDevice, Viewer } from './catalog-index.ts';

let catalog: TestCatalog;
let [owner, chosen, stranger]: CatalogDevice[] = [];
let [open, restricted] = ['', ''];

beforeEach(async () => {
  catalog = catalogOnDisk();
  [owner, chosen, stranger] = [someone(), someone(), someone()];
  open = await catalog.share(owner, { title: 'Open' });
  restricted = await catalog.share(owner, {
    title: 'Restricted',
    audience: { type: 'chosen', userIds: [chosen.userId, randomUUID()] },
  });
  await catalog.put(owner, open, file('open/zebra.txt', 5, 1000, 1));
  await catalog.put(owner, restricted, file('secret/zebra.txt', 7, 2000, 1), file('secret/only.txt', 7, 2000, 2));
});

/** Everything there is to ask about a share, and how it is answered when it does not exist. */
function questions(who: Viewer, shareId: string): Record<string, () => unknown> {
  const { reader } = catalog;
  return {
    children: () => reader.children(who, { shareId, path: '', offset: 0, limit: 10 }).total,
    'children of a folder': () => reader.children(who, { shareId, path: 'secret', offset: 0, limit: 10 }).total,
    details: () => reader.details(who, { shareId, path: 'secret/zebra.txt' }).name,
    'details of the share': () => reader.details(who, { shareId, path: '' }).name,
    fetchable: () => reader.fetchable(who, { shareId, path: 'secret/zebra.txt' }).contentIds.length,
  };
}

function answersOf(who: Viewer, shareId: string): Record<string, unknown> {
  const entries = Object.entries(questions(who, shareId)).map(([name, ask]) => {
    try {
      return [name, ask()];
    } catch (error) {
      return [name, (error as Error).message];
    }
  });
  return Object.fromEntries(entries);
}

const SEEN = {
  children: 1,
  'children of a folder': 2,
  details: 'zebra.txt',
  'details of the share': 'Restricted',
  fetchable: 1,
};

describe('a share for chosen people', () => {
  test.each([
    ['its owner', () => owner!],
    ['who was chosen', () => chosen!],
  ])('is there for %s', (_, who) => {
    const asks = viewer(who());
    expect(answersOf(asks, restricted)).toEqual(SEEN);
    expect(catalog.reader.owners(asks)).toMatchObject([{ shareCount: 2, fileCount: 3, totalBytes: 19 }]);
    expect(catalog.reader.sharesOf(asks, owner!.userId).map(({ title }) => title)).toEqual(['Open', 'Restricted']);
  });

  test('is for nobody else more than one that does not exist', () => {
    const asks = viewer(stranger, owner!);
    const unknown = answersOf(asks, randomUUID());
    expect(new Set(Object.values(unknown))).toEqual(new Set(['not-found']));
    expect(answersOf(asks, restricted)).toEqual(unknown);
    expect(catalog.reader.owners(asks)).toMatchObject([{ shareCount: 1, fileCount: 1, totalBytes: 5 }]);
    expect(catalog.reader.sharesOf(asks, owner!.userId).map(({ title }) => title)).toEqual(['Open']);
  });

  test('is no source for who may not see it', async () => {
    const copier = someone();
    const copy = await catalog.share(copier);
    await catalog.put(copier, copy, file('copy.txt', 7, 1, 2));
    const counts = (who: CatalogDevice) => {
      const asks = viewer(who, owner!, copier);
      const place = { shareId: copy, path: 'copy.txt' };
      const { sourceCount, sources } = catalog.reader.details(asks, place);
      const { copies } = catalog.reader.fetchable(asks, place);
      const [listed] = catalog.reader.children(asks, { shareId: copy, path: '', offset: 0, limit: 1 }).entries;
      return [sourceCount, sources.length, copies.length, listed?.sourceCount];
    };
    expect(counts(chosen!)).toEqual([2, 2, 1, 2]);
    expect(counts(stranger!)).toEqual([1, 1, 0, 1]);
  });

  test('is gone for who is chosen no more', async () => {
    await catalog.share(owner!, {
      shareId: restricted,
      title: 'Restricted',
      audience: { type: 'chosen', userIds: [stranger!.userId] },
    });
    expect(new Set(Object.values(answersOf(viewer(chosen), restricted)))).toEqual(new Set(['not-found']));
    expect(answersOf(viewer(stranger), restricted)).toEqual(SEEN);
  });
});

test('what a hidden owner shares is there for nobody, and is back when the owner is', async () => {
  const { writer, reader } = catalog;
  const holder = someone();
  const asks = viewer(chosen, owner!, holder);
  const before = answersOf(asks, restricted);
  const copier = someone();
  const copy = await catalog.share(copier);
  await catalog.put(copier, copy, file('copy.txt', 7, 1, 1));
  await writer.setHoldings(holder, [holding([contentId(1)], [copy, copier])]);
  const copies = () => reader.details(asks, { shareId: copy, path: 'copy.txt' });
  expect(copies()).toMatchObject({ sourceCount: 2, holderCount: 1 });

  await writer.setHiddenOwners([owner!.userId, holder.userId]);
  expect(new Set(Object.values(answersOf(asks, restricted)))).toEqual(new Set(['not-found']));
  expect(reader.owners(asks).map(({ userId }) => userId)).toEqual([copier.userId]);
  expect(reader.sharesOf(asks, owner!.userId)).toEqual([]);
  expect(copies()).toMatchObject({ sourceCount: 1, holderCount: 0 });
  expect(reader.census()).toMatchObject({ shareCount: 3, ownerIds: [owner!.userId, copier.userId] });

  await writer.setHiddenOwners([stranger!.userId]);
  expect(answersOf(asks, restricted)).toEqual(before);
  expect(copies()).toMatchObject({ sourceCount: 2, holderCount: 1 });
});
