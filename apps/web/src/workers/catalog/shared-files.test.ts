import { CHUNK_BYTES, ContentError } from '@ferry/webrtc-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ShareRecord } from './catalog-database.ts';
import { contentIdBytes } from './content-id-text.ts';
import { hashFile } from './file-hashing.ts';
import { type OpenShare, shareOfFiles, shareOfHandles } from './open-share.ts';
import { SharedFiles, type SharedPlace } from './shared-files.ts';
import { CatalogGround, foundFile, SHARE_ID, shareRecord } from './testing/catalog-ground.ts';
import { MEMORY_DISK_GLOBALS, MemoryFolder } from './testing/memory-disk.ts';

const OTHER_ID = '5f3a8f0e-9999-4222-8333-444455556666';
const CONTENT = `${'A'.repeat(42)}A`;
const ANOTHER = `${'B'.repeat(42)}A`;

beforeAll(() => {
  for (const [name, value] of Object.entries(MEMORY_DISK_GLOBALS)) vi.stubGlobal(name, value);
});
afterAll(() => vi.unstubAllGlobals());

let ground: CatalogGround;
let folder: MemoryFolder;
let records: Map<string, ShareRecord>;
let isLocked: boolean;
let changed: string[];
let files: SharedFiles;

beforeEach(async () => {
  folder = new MemoryFolder('Press');
  isLocked = false;
  changed = [];
  const press = shareRecord({ handles: [{ name: 'Press', handle: folder.handle }] });
  const other = shareRecord({ shareId: OTHER_ID, title: 'note.txt', kind: 'files' });
  records = new Map([press, other].map((record) => [record.shareId, record]));
  ground = await CatalogGround.open(press, other);
  const note = new File(['note'], 'note.txt', { lastModified: 7 });
  const sources: Record<string, OpenShare> = {
    [SHARE_ID]: shareOfHandles('folder', press.handles),
    [OTHER_ID]: shareOfFiles(new Map([['note.txt', note]])),
  };
  files = new SharedFiles({
    ownUserId: 'me',
    entries: ground.entries,
    share: (shareId) => records.get(shareId),
    open: async (shareId) => (isLocked ? undefined : sources[shareId]),
    changed: (_, path) => changed.push(path),
  });
  for (const [path, content] of Object.entries({ 'a.txt': 'aaa', 'raw/b.txt': 'bbb', 'raw/deep/c.txt': 'ccc' })) {
    folder.write(path, content, 1000);
    await ground.find([foundFile(path)]);
  }
  await ground.find([foundFile('note.txt', 4, 7)], OTHER_ID);
});

async function at(path: string, shareId = SHARE_ID): Promise<SharedPlace> {
  const place = await files.at(shareId, path);
  if (typeof place === 'string') throw new Error(place);
  return place;
}
const pathsOf = ({ bundle }: Pick<SharedPlace, 'bundle'>) => bundle.manifest.entries.map(({ path }) => path.join('/'));
async function textsOf({ bundle }: Pick<SharedPlace, 'bundle'>): Promise<string[]> {
  const indexes = bundle.manifest.entries.map((_, index) => index);
  const source = bundle.choose(indexes);
  return Promise.all(indexes.map(async (chunk) => new TextDecoder().decode(await source.read(chunk))));
}
async function learn(path: string, contentId: string, shareId = SHARE_ID): Promise<void> {
  const { sizeBytes, modifiedMs } = (await ground.entries.get(shareId, path))!;
  await ground.changes.putHashed(shareId, [{ path, state: { sizeBytes, modifiedMs }, contentId }]);
}

describe('at a place', () => {
  test('a whole share begins with its title, whatever the folder is called', async () => {
    records.set(SHARE_ID, { ...records.get(SHARE_ID)!, title: 'Press 2026' });
    const place = await at('');
    expect(place).toMatchObject({ title: 'Press 2026', itemCount: 1, audience: { type: 'everyone' } });
    expect(pathsOf(place)).toEqual(['Press 2026/a.txt', 'Press 2026/raw/b.txt', 'Press 2026/raw/deep/c.txt']);
    expect(await textsOf(place)).toEqual(['aaa', 'bbb', 'ccc']);
  });

  test('a folder begins with its own name', async () => {
    const place = await at('raw/deep');
    expect(place).toMatchObject({ title: 'deep', itemCount: 1 });
    expect(pathsOf(place)).toEqual(['deep/c.txt']);
    expect(await textsOf(place)).toEqual(['ccc']);
  });

  test('a file is its name alone', async () => {
    const place = await at('raw/b.txt');
    expect(place).toMatchObject({ title: 'b.txt', itemCount: 1 });
    expect(pathsOf(place)).toEqual(['b.txt']);
    expect(await textsOf(place)).toEqual(['bbb']);
  });

  test('files that were picked together are several items', async () => {
    await ground.find([foundFile('other.txt', 1, 1)], OTHER_ID);
    const place = await at('', OTHER_ID);
    expect(place).toMatchObject({ title: 'note.txt', itemCount: 2 });
    expect(pathsOf(place)).toEqual(['note.txt', 'other.txt']);
  });

  test('paths of a bundle lead back to those of the share', async () => {
    for (const place of ['', 'raw', 'raw/deep', 'raw/b.txt']) {
      const { bundle } = await at(place);
      for (const { path } of bundle.manifest.entries) {
        expect(
          await ground.entries.get(SHARE_ID, SharedFiles.pathWithin({ path: place }, path, 'folder')),
        ).toBeDefined();
      }
    }
  });

  test('what is not there, or not shared any more, is not found', async () => {
    expect(await files.at(crypto.randomUUID(), '')).toBe('not-found');
    expect(await files.at(SHARE_ID, 'raw/nothing')).toBe('not-found');
    expect(await files.at(SHARE_ID, 'ra')).toBe('not-found');
    records.set(SHARE_ID, { ...records.get(SHARE_ID)!, excludedPaths: ['raw/deep'] });
    expect(await files.at(SHARE_ID, 'raw/deep')).toBe('not-found');
    expect(await files.at(SHARE_ID, 'raw/deep/c.txt')).toBe('not-found');
    expect(pathsOf(await at(''))).toEqual(['Press/a.txt', 'Press/raw/b.txt']);
  });

  test('what cannot be opened now is unreadable', async () => {
    isLocked = true;
    expect(await files.at(SHARE_ID, 'a.txt')).toBe('unreadable');
    expect(await files.at(SHARE_ID, 'nothing')).toBe('not-found');
  });
});

describe('a file that is not as it is listed', () => {
  test.each([
    ['edited', () => folder.write('raw/b.txt', 'bbb', 2000)],
    ['longer', () => folder.write('raw/b.txt', 'bbbb', 1000)],
    ['gone', () => folder.delete('raw/b.txt')],
  ])('%s: its bytes are not given, and it is looked at again', async (_, happen) => {
    const { bundle } = await at('raw');
    const source = bundle.choose([0, 1]);
    happen();
    const error = await source.read(0).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ContentError);
    expect(error).toMatchObject({ code: 'source-changed', entry: 0 });
    expect(changed).toEqual(['raw/b.txt']);
    expect(new TextDecoder().decode(await source.read(1))).toBe('ccc');
  });
});

describe('by content', () => {
  beforeEach(async () => {
    await learn('raw/b.txt', CONTENT);
    await learn('note.txt', ANOTHER, OTHER_ID);
  });

  /** Of a share, its contents; or why not. */
  const contentsOf = async (shareId: string, userId: string, ...contentIds: string[]) => {
    const bundle = await files.withContents(shareId, contentIds, userId);
    return typeof bundle === 'string' ? bundle : { paths: pathsOf({ bundle }), texts: await textsOf({ bundle }) };
  };
  const isFor = (...userIds: string[]) =>
    records.set(SHARE_ID, { ...records.get(SHARE_ID)!, audience: { type: 'chosen', userIds } });

  test('gives just those files of a share, in that order', async () => {
    await learn('a.txt', ANOTHER);
    const bundle = await files.withContents(SHARE_ID, [ANOTHER, `${'C'.repeat(42)}A`, CONTENT], 'bob');
    if (typeof bundle === 'string') throw new Error(bundle);
    expect(pathsOf({ bundle })).toEqual(['a.txt', 'b.txt']);
    expect(bundle.manifest.entries.map(({ contentId }) => contentId)).toEqual([ANOTHER, CONTENT].map(contentIdBytes));
    expect(await textsOf({ bundle })).toEqual(['aaa', 'bbb']);
  });

  test('gives nothing of another share, though it is there, nor of none', async () => {
    expect(await contentsOf(OTHER_ID, 'bob', CONTENT, ANOTHER)).toEqual({ paths: ['note.txt'], texts: ['note'] });
    expect(await contentsOf(OTHER_ID, 'bob', CONTENT)).toBe('not-found');
    expect(await contentsOf(crypto.randomUUID(), 'bob', CONTENT)).toBe('not-found');
  });

  test('gives nothing that is not for whoever asks, is not shared any more, or cannot be opened', async () => {
    isFor('carol');
    expect(await contentsOf(SHARE_ID, 'bob', CONTENT)).toBe('not-found');
    expect(await contentsOf(SHARE_ID, 'carol', CONTENT)).toMatchObject({ paths: ['b.txt'] });
    // With another device of one's own.
    expect(await contentsOf(SHARE_ID, 'me', CONTENT)).toMatchObject({ paths: ['b.txt'] });
    isLocked = true;
    expect(await contentsOf(SHARE_ID, 'bob', CONTENT)).toBe('not-found');
    expect(await contentsOf(SHARE_ID, 'carol', CONTENT)).toBe('unreadable');
    records.set(SHARE_ID, { ...records.get(SHARE_ID)!, excludedPaths: ['raw'] });
    expect(await contentsOf(SHARE_ID, 'carol', CONTENT)).toBe('not-found');
  });

  test('says which shares are from here, and for others', () => {
    isFor('carol');
    const withheld = (userId: string) => [SHARE_ID, OTHER_ID, 'elsewhere'].map((id) => files.isWithheld(id, userId));
    expect(withheld('bob')).toEqual([true, false, false]);
    expect([withheld('carol'), withheld('me')].flat()).not.toContain(true);
  });

  test('says where it is', async () => {
    expect(await files.find(CONTENT)).toMatchObject({ shareId: SHARE_ID, path: 'raw/b.txt' });
    records.delete(SHARE_ID);
    expect(await files.find(CONTENT)).toBeUndefined();
  });
});

describe('hashes of chunks', () => {
  const bytes = new Uint8Array(CHUNK_BYTES + 5).fill(3);

  test('are known of content of several chunks that was hashed', async () => {
    folder.write('big', bytes, 1000);
    await ground.find([foundFile('big', bytes.length)]);
    const { contentId, hashes } = await hashFile(new Blob([bytes]), async () => {});
    expect(await (await at('big')).bundle.chunkHashes!(0)).toBeUndefined();
    const state = { sizeBytes: bytes.length, modifiedMs: 1000 };
    await ground.changes.putHashed(SHARE_ID, [{ path: 'big', state, contentId, hashes: hashes! }]);
    const { bundle } = await at('big');
    expect(bundle.manifest.entries[0]!.contentId).toEqual(contentIdBytes(contentId));
    expect(await bundle.chunkHashes!(0)).toEqual(hashes);
  });
});
