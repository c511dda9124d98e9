import { LIMITS } from '@ferry/shared';
import { expect, test } from 'vitest';
import { catalogOnDisk, contentId, file, holding, someone, viewer } from '../../testing/catalog-on-disk.ts';

test('of a file: its device, colleagues online with equal content, and devices online that hold it', async () => {
  const { reader, writer, share, put } = catalogOnDisk();
  const [owner, copier, offline, holder, away] = Array.from({ length: 5 }, someone);
  const shareId = await share(owner!);
  await put(owner!, shareId, file('a.txt', 5, 1, 1), file('again/a.txt', 5, 1, 1));
  const copy = await share(copier!);
  await put(copier!, copy, file('x/copy.txt', 5, 1, 1), file('y/copy.txt', 5, 1, 1), file('other', 5, 1, 2));
  await put(offline!, await share(offline!), file('b.txt', 5, 1, 1));
  const held = holding([contentId(1), contentId(9)], [shareId, owner!]);
  for (const one of [holder!, away!, copier!]) await writer.setHoldings(one, [held]);
  const asks = viewer(someone(), owner!, copier!, holder!);
  expect(reader.fetchable(asks, { shareId, path: 'a.txt' })).toEqual({
    origin: { ...owner, shareId, path: 'a.txt' },
    isFolder: false,
    contentIds: [contentId(1)],
    copies: [{ ...copier, has: [{ shares: [{ shareId: copy, userId: copier!.userId }], contentIds: [contentId(1)] }] }],
    holders: [{ ...holder, has: [{ shares: [{ shareId, userId: owner!.userId }], contentIds: [contentId(1)] }] }],
  });
});

test('of a folder: what is verified in it, in the order of paths, and each device with what it has of that', async () => {
  const { reader, share, put } = catalogOnDisk();
  const [owner, little, much] = Array.from({ length: 3 }, someone);
  const shareId = await share(owner!);
  const files = [file('f/b', 1, 1, 2), file('f/a/z', 1, 1, 1), file('f/c', 1, 1, null), file('f/d', 1, 1, 2)];
  await put(owner!, shareId, ...files, file('f.txt', 1, 1, 7), file('f0', 1, 1, 8), file('f/e', 1, 1, 3));
  await put(little!, await share(little!), file('one', 1, 1, 2), file('not in it', 1, 1, 7));
  await put(much!, await share(much!), file('one', 1, 1, 1), file('two', 1, 1, 3));
  const found = reader.fetchable(viewer(someone(), little!, much!), { shareId, path: 'f' });
  expect(found.isFolder).toBe(true);
  expect(found.contentIds).toEqual([1, 2, 3].map(contentId));
  expect(found.copies.map(({ deviceId, has }) => [deviceId, has[0]!.contentIds])).toEqual([
    [much!.deviceId, [contentId(1), contentId(3)]],
    [little!.deviceId, [contentId(2)]],
  ]);
  expect(reader.fetchable(viewer(), { shareId, path: '' }).contentIds).toHaveLength(5);
});

test('of a large folder no more than may be asked for', async () => {
  const { reader, share, put } = catalogOnDisk();
  const owner = someone();
  const shareId = await share(owner);
  const id = (n: number) => Buffer.alloc(32, String(n).padStart(4, '0')).toString('base64url');
  const files = Array.from(
    { length: 400 },
    (_, n) => [`${String(n).padStart(3, '0')}`, 1, 1, id(n)] as [string, number, number, string],
  );
  await put(owner, shareId, ...files);
  const { contentIds } = reader.fetchable(viewer(), { shareId, path: '' });
  expect(contentIds).toEqual(files.slice(0, LIMITS.catalogWantedContents).map(([, , , content]) => content));
});

test('what an owner has not verified can be fetched of that owner alone', async () => {
  const { reader, share, put } = catalogOnDisk();
  const [owner, other] = [someone(), someone()];
  const shareId = await share(owner);
  await put(owner, shareId, file('a.txt'));
  await put(other, await share(other), file('a.txt'));
  expect(reader.fetchable(viewer(other, other), { shareId, path: 'a.txt' })).toMatchObject({
    contentIds: [],
    copies: [],
    holders: [],
  });
});
