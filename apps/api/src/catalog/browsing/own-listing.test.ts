import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { catalogOnDisk, file, someone } from '../../testing/catalog-on-disk.ts';

test('a person is told of all their shares, on every device, with what is in them and for whom they are', async () => {
  const { reader, writer, put, share } = catalogOnDisk();
  const owner = someone();
  const lost = { ...owner, deviceId: randomUUID() };
  const friends = [someone().userId, someone().userId];
  const here = await share(owner, { title: 'Plans' });
  const there = await share(lost, { title: 'a.txt', kind: 'files', audience: { type: 'chosen', userIds: friends } });
  await put(lost, there, file('a.txt', 5), file('b.txt', 6));
  await share(someone(), { title: 'Not theirs' });
  const [second, first] = reader.ownListing(owner.userId);
  expect(first).toMatchObject({ shareId: there, deviceId: lost.deviceId, kind: 'files', fileCount: 2, totalBytes: 11 });
  expect(first?.audience).toEqual({ type: 'chosen', userIds: expect.arrayContaining(friends) });
  expect(second).toMatchObject({ shareId: here, deviceId: owner.deviceId, audience: { type: 'everyone' } });
  await writer.removeShare(lost, there);
  expect(reader.ownListing(owner.userId)).toHaveLength(1);
  expect(reader.ownListing(someone().userId)).toEqual([]);
});
