import { randomUUID } from 'node:crypto';
import { type Audience, LIMITS } from '@ferry/shared';
import { expect, test } from 'vitest';
import { catalogOnDisk, codeOf, file, someone, viewer } from '../../testing/catalog-on-disk.ts';

const everyone: Audience = { type: 'everyone' };

test('a share is what its device put last, and keeps what is in it', async () => {
  const { writer, reader, put, share } = catalogOnDisk();
  const owner = someone();
  const friend = someone();
  const shareId = await share(owner, { title: 'Old' });
  await put(owner, shareId, file('a/b.txt', 5));
  const audience: Audience = { type: 'chosen', userIds: [friend.userId] };
  const state = await writer.putShare(owner, { shareId, title: 'New', kind: 'folder', audience });
  expect(state).toEqual({ shareId, revision: 1, fileCount: 1 });
  const root = reader.details(viewer(friend), { shareId, path: '' });
  expect(root).toMatchObject({ name: 'New', shareTitle: 'New', sizeBytes: 5, fileCount: 1 });
  expect(reader.sharesOf(viewer(), owner.userId)).toEqual([]);
});

test('of picked files there is no entry for the share, and each is at its top', async () => {
  const { reader, put, share } = catalogOnDisk();
  const owner = someone();
  const shareId = await share(owner, { title: 'a.txt', kind: 'files' });
  await put(owner, shareId, file('a.txt'), file('b.txt'));
  expect(() => reader.details(viewer(), { shareId, path: '' })).toThrow('not-found');
  expect(() => reader.fetchable(viewer(), { shareId, path: '' })).toThrow('not-found');
  const { entries, total } = reader.children(viewer(), { shareId, path: '', offset: 0, limit: 10 });
  expect(total).toBe(2);
  expect(entries.map(({ name, shareTitle }) => [name, shareTitle])).toEqual([
    ['a.txt', null],
    ['b.txt', null],
  ]);
});

test('an id that is of another owner, another device or another kind of share is taken', async () => {
  const { writer, share } = catalogOnDisk();
  const owner = someone();
  const shareId = await share(owner);
  const again = { shareId, title: 'Mine', kind: 'folder' as const, audience: everyone };
  expect(await codeOf(writer.putShare(someone(), again))).toBe('share-taken');
  expect(await codeOf(writer.putShare({ ...owner, deviceId: randomUUID() }, again))).toBe('share-taken');
  expect(await codeOf(writer.putShare(owner, { ...again, kind: 'files' }))).toBe('share-taken');
});

test('nobody but its device can publish to a share, or end it', async () => {
  const { writer, reader, share } = catalogOnDisk();
  const owner = someone();
  const shareId = await share(owner);
  for (const other of [someone(), { ...owner, deviceId: randomUUID() }]) {
    const page = { shareId, baseRevision: 0, put: [], remove: [] };
    expect(await codeOf(writer.publish(other, page))).toBe('not-found');
    expect(await codeOf(writer.republish(other, { shareId, step: 'begin' }))).toBe('not-found');
    await writer.removeShare(other, shareId);
    expect(reader.sharesOfDevice(other)).toEqual([]);
  }
  expect(reader.sharesOfDevice(owner)).toEqual([{ shareId, revision: 0, fileCount: 0 }]);
});

test('nobody has more shares than there may be, and a removed one makes room', async () => {
  const { writer, sqlite, share } = catalogOnDisk();
  const owner = someone();
  const shareId = await share(owner);
  sqlite.prepare('UPDATE owners SET share_count = ?').run(LIMITS.catalogSharesPerOwner);
  const one = { title: 'One more', kind: 'folder' as const, audience: everyone };
  expect(await codeOf(writer.putShare(owner, { ...one, shareId: randomUUID() }))).toBe('too-many');
  await expect(writer.putShare(owner, { ...one, shareId })).resolves.toMatchObject({ shareId });
  await writer.removeShare(owner, shareId);
  await writer.putShare(owner, { ...one, shareId: randomUUID() });
});
