import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, test } from 'vitest';
import type { EndedShare } from '../../adapters/catalog-contract.ts';
import { openCatalogDatabase } from './catalog-database.ts';
import { ShareEndings } from './share-endings.ts';
import { shareRecord } from './testing/catalog-ground.ts';

const ended = (n: number): EndedShare => ({ shareId: `share ${n}`, title: `Folder ${n}`, kind: 'folder', endedAt: n });

test('of what nobody reads the newest hundred are kept, the newest first', async () => {
  const database = await openCatalogDatabase(crypto.randomUUID());
  for (let n = 0; n < 130; n++) await database.put('ended', ended(n));
  const endings = new ShareEndings(database);
  await endings.restore();
  expect([endings.shares.length, endings.shares[0], endings.shares.at(-1)]).toEqual([100, ended(129), ended(30)]);
  expect(await database.count('ended')).toBe(100);
});

test('what was read is forgotten, and nothing else', async () => {
  const database = await openCatalogDatabase(crypto.randomUUID());
  const endings = new ShareEndings(database);
  for (const n of [1, 2]) {
    await database.put('ended', ended(n));
    endings.added(ended(n));
  }
  await endings.forget(['share 1']);
  expect(endings.shares).toEqual([ended(2)]);
  expect(await database.getAll('ended')).toEqual([ended(2)]);
});

test('a browser that shared before there was such a list keeps what it shares', async () => {
  const userId = crypto.randomUUID();
  const before = await openDB(`ferry-catalog-${userId}`, 1, {
    upgrade(created) {
      created.createObjectStore('shares', { keyPath: 'shareId' });
    },
  });
  await before.put('shares', shareRecord());
  before.close();
  const database = await openCatalogDatabase(userId);
  expect(await database.getAll('shares')).toEqual([shareRecord()]);
  expect(await database.getAll('ended')).toEqual([]);
});
