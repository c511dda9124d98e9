import { LIMITS } from '@ferry/shared';
import { expect, test } from 'vitest';
import { listedEntries } from '../../testing/catalog-model.ts';
import { catalogOnDisk, codeOf, file, someone, viewer } from '../../testing/catalog-on-disk.ts';

test('a page that does not come on top of what was published last is refused', async () => {
  const { writer, share } = catalogOnDisk();
  const owner = someone();
  const shareId = await share(owner);
  const page = { shareId, put: [file('a')], remove: [] };
  expect(await writer.publish(owner, { ...page, baseRevision: 0 })).toEqual({ shareId, revision: 1, fileCount: 1 });
  expect(await codeOf(writer.publish(owner, { ...page, baseRevision: 0 }))).toBe('revision-mismatch');
  expect(await codeOf(writer.publish(owner, { ...page, baseRevision: 2 }))).toBe('revision-mismatch');
});

test('of a page that is too much for its owner nothing is kept', async () => {
  const { sqlite, share, put } = catalogOnDisk();
  const owner = someone();
  const shareId = await share(owner);
  await put(owner, shareId, file('kept'));
  // The root, the file, and room for two.
  sqlite.prepare('UPDATE owners SET entry_count = ?').run(LIMITS.catalogEntriesPerOwner - 2);
  const before = listedEntries(sqlite, shareId);
  expect(await codeOf(put(owner, shareId, file('a/b/c')))).toBe('too-many');
  expect(listedEntries(sqlite, shareId)).toEqual(before);
  expect(await put(owner, shareId, file('a/b'))).toMatchObject({ revision: 2, fileCount: 2 });
});

test('an owner who has as much as there may be can still change and remove it', async () => {
  const { sqlite, share, put, remove } = catalogOnDisk();
  const owner = someone();
  const shareId = await share(owner);
  await put(owner, shareId, file('a'), file('b/c'));
  sqlite.prepare('UPDATE owners SET entry_count = ?').run(LIMITS.catalogEntriesPerOwner);
  await put(owner, shareId, file('a', 99));
  await put(owner, shareId, file('b'));
  await remove(owner, shareId, 'a');
  expect(listedEntries(sqlite, shareId)).toMatchObject([{ path: '' }, { path: 'b', isFolder: 0 }]);
});

test('folders count as entries: thousands of them from a few paths are too many, too', async () => {
  const { sqlite, share, put } = catalogOnDisk();
  const owner = someone();
  const shareId = await share(owner);
  const deep = (n: number) => file(`${n}${'/x'.repeat(LIMITS.catalogPathSegments - 1)}`);
  await put(owner, shareId, ...Array.from({ length: 30 }, (_, n) => deep(n)));
  expect(sqlite.prepare('SELECT entry_count FROM owners').pluck().get()).toBe(1 + 30 * LIMITS.catalogPathSegments);
  sqlite.prepare('UPDATE owners SET entry_count = ?').run(LIMITS.catalogEntriesPerOwner - 64 * 9);
  expect(await codeOf(put(owner, shareId, ...Array.from({ length: 10 }, (_, n) => deep(100 + n))))).toBe('too-many');
});

test('sizes that cannot be true do not break the sums of others', async () => {
  const { reader, share, put, remove } = catalogOnDisk();
  const owner = someone();
  const shareId = await share(owner);
  const lies = Array.from({ length: 500 }, (_, n) => file(`lies/${n}`, Number.MAX_SAFE_INTEGER));
  for (let page = 0; page < 4; page++) {
    await put(owner, shareId, ...lies.map(([path, ...rest]) => [`${page}/${path}`, ...rest] as (typeof lies)[number]));
  }
  await put(owner, shareId, file('truth', 5));
  expect(reader.details(viewer(), { shareId, path: '' }).sizeBytes).toBe(2000 * 2 ** 44 + 5);
  for (let page = 0; page < 4; page++) await remove(owner, shareId, ...lies.map(([path]) => `${page}/${path}`));
  expect(reader.details(viewer(), { shareId, path: '' })).toMatchObject({ sizeBytes: 5, fileCount: 1 });
});

test('a changed file is the same entry, and a new one is newer than everything', async () => {
  const { sqlite, share, put, remove } = catalogOnDisk();
  const owner = someone();
  const shareId = await share(owner);
  const entryNo = (path: string) => sqlite.prepare('SELECT entry_no FROM entries WHERE path = ?').pluck().get(path);
  await put(owner, shareId, file('a', 1, 1, 1), file('b'));
  const [a, b] = ['a', 'b'].map(entryNo) as [number, number];
  await put(owner, shareId, file('a', 2, 2, null));
  expect(entryNo('a')).toBe(a);
  await remove(owner, shareId, 'b');
  await put(owner, shareId, file('b'));
  expect(entryNo('b')).toBeGreaterThan(b);
});
