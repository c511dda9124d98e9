import { LIMITS } from '@ferry/shared';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { WalkRequest } from './scan-rpc.ts';
import { ShareWalk } from './share-walk.ts';
import { CatalogGround, foundFile, SHARE_ID, shareRecord } from './testing/catalog-ground.ts';
import { MEMORY_DISK_GLOBALS, MemoryFolder } from './testing/memory-disk.ts';

beforeAll(() => {
  for (const [name, value] of Object.entries(MEMORY_DISK_GLOBALS)) vi.stubGlobal(name, value);
});
afterAll(() => vi.unstubAllGlobals());

let ground: CatalogGround;
let folder: MemoryFolder;
let pages: number;
beforeEach(async () => {
  ground = await CatalogGround.open(shareRecord());
  folder = new MemoryFolder('Press');
  pages = 0;
});

function walk(about: Partial<WalkRequest> = {}, signal = new AbortController().signal) {
  const { rules, excludedPaths } = shareRecord();
  const request: WalkRequest = {
    shareId: SHARE_ID,
    kind: 'folder',
    handles: [{ name: 'Press', handle: folder.handle }],
    files: null,
    rules,
    excludedPaths,
    paths: null,
    ...about,
  };
  return new ShareWalk(request, { ...ground, signal, changed: () => pages++ }).run();
}
const entry = (path: string) => ground.entries.get(SHARE_ID, path);

test('finds everything below a folder, as its disk tells', async () => {
  folder.write('a.txt', 'abc', 5);
  folder.write('raw/deep/b.txt', 'abcd', 6);
  expect(await walk()).toEqual({ status: 'done', skippedCount: 0 });
  expect(await ground.paths()).toEqual(['a.txt', 'raw/deep/b.txt']);
  expect(await entry('raw/deep/b.txt')).toMatchObject({ sizeBytes: 4, modifiedMs: 6, contentId: null });
});

test('the next walk finds what was added, changed and removed, and touches nothing else', async () => {
  for (const name of ['same', 'edited', 'gone', 'old/gone']) folder.write(name, 'abc', 1);
  await walk();
  const same = await entry('same');
  folder.write('edited', 'abc', 2);
  folder.write('added', 'x');
  folder.delete('gone');
  folder.delete('old');
  await walk();
  expect(await ground.paths()).toEqual(['added', 'edited', 'same']);
  expect(await entry('edited')).toMatchObject({ modifiedMs: 2 });
  expect(await entry('same')).toEqual(same);
  pages = 0;
  await walk();
  expect(pages).toBe(0);
});

test('thousands of files come in pages', async () => {
  for (let index = 0; index < 9000; index++) folder.write(`${index % 7}/${index}.txt`, '');
  await walk();
  expect(await ground.paths()).toHaveLength(9000);
  expect((await ground.shares.tally(SHARE_ID)).fileCount).toBe(9000);
  expect(pages).toBeGreaterThanOrEqual(3);
});

test('what cannot be read or listed is counted, and does not keep the rest from being found', async () => {
  folder.write('a.txt', '');
  folder.write('locked.txt', '');
  folder.write('private/b.txt', '');
  folder.write('bad\u202ename.txt', '');
  folder.conditions.look = (path) => {
    if (path === 'locked.txt' || path === 'private') throw new DOMException(path, 'NotReadableError');
  };
  expect(await walk()).toEqual({ status: 'done', skippedCount: 3 });
  expect(await ground.paths()).toEqual(['a.txt']);
});

test('five thousand folders within each other are walked as deep as can be listed', async () => {
  let deepest = folder;
  for (let depth = 0; depth < 5000; depth++) {
    deepest.write('f.txt', '');
    deepest.write('d/f.txt', '');
    deepest = deepest.children.get('d') as MemoryFolder;
  }
  expect(await walk()).toEqual({ status: 'done', skippedCount: 1 });
  const paths = await ground.paths();
  expect(paths).toHaveLength(LIMITS.catalogPathSegments);
  expect(Math.max(...paths.map((path) => path.split('/').length))).toBe(LIMITS.catalogPathSegments);
});

test('hidden and ignored files, and those that are not shared any more, are left out without a word', async () => {
  for (const path of ['.git/config', 'a.log', 'secret/b.txt', 'c.txt']) folder.write(path, '');
  const rules = { includesHidden: false, ignore: ['*.log'] };
  expect(await walk({ rules, excludedPaths: ['secret'] })).toEqual({ status: 'done', skippedCount: 0 });
  expect(await ground.paths()).toEqual(['c.txt']);
});

test('a folder that is gone, or locked, says so and loses nothing', async () => {
  folder.write('a.txt', '');
  await walk();
  folder.conditions.look = () => {
    throw new DOMException('', 'NotFoundError');
  };
  expect(await walk()).toEqual({ status: 'unreadable' });
  folder.conditions.permission = 'prompt';
  expect(await walk()).toEqual({ status: 'locked' });
  expect(await ground.paths()).toEqual(['a.txt']);
});

test('a permission that is taken back in the middle ends the walk, and loses nothing', async () => {
  for (let index = 0; index < 200; index++) folder.write(`${index}.txt`, '');
  await walk();
  let looks = 0;
  folder.conditions.look = () => {
    if (++looks === 100) folder.conditions.permission = 'prompt';
  };
  expect(await walk()).toEqual({ status: 'locked' });
  expect(await ground.paths()).toHaveLength(200);
});

test('a walk that is ended keeps what it found, and takes nothing away', async () => {
  await ground.find([foundFile('gone.txt')]);
  for (let index = 0; index < 200; index++) folder.write(`${index}.txt`, '');
  const stopping = new AbortController();
  folder.conditions.look = (path) => path === '150.txt' && stopping.abort();
  expect(await walk({}, stopping.signal)).toEqual({ status: 'cancelled' });
  expect(await ground.paths()).toContain('gone.txt');
});

test('files that were chosen one by one are looked at one by one', async () => {
  const [a, b] = ['a.txt', 'b.txt'].map((name) => ({ name, handle: folder.write(name, 'abc').handle }));
  const files = { kind: 'files' as const, handles: [a!, b!] };
  await walk(files);
  expect(await ground.paths()).toEqual(['a.txt', 'b.txt']);
  folder.conditions.look = (path) => {
    if (path === 'a.txt') throw new DOMException(path, 'NotFoundError');
  };
  expect(await walk(files)).toEqual({ status: 'done', skippedCount: 0 });
  expect(await ground.paths()).toEqual(['b.txt']);
});

test('files that live for the session are listed by the same rules', async () => {
  const files = ['a.txt', '.hidden/b.txt', 'c.log', 'd/e.txt', `x/${'n'.repeat(256)}`].map((path) => foundFile(path));
  const rules = { includesHidden: false, ignore: ['*.log'] };
  expect(await walk({ handles: [], files, rules })).toEqual({ status: 'done', skippedCount: 1 });
  expect(await ground.paths()).toEqual(['a.txt', 'd/e.txt']);
});

describe('a look at some places', () => {
  beforeEach(async () => {
    for (const path of ['a.txt', 'b.txt', 'work/c.txt', 'work/d/e.txt', 'work 2/f.txt']) folder.write(path, 'abc', 1);
    await walk();
    pages = 0;
  });

  test('finds what became of each, and looks nowhere else', async () => {
    folder.write('a.txt', 'abcd', 2);
    folder.write('new/g.txt', '');
    folder.delete('b.txt');
    folder.delete('work');
    folder.delete('work 2');
    await walk({ paths: ['a.txt', 'b.txt', 'new', 'work'] });
    expect(await ground.paths()).toEqual(['a.txt', 'new/g.txt', 'work 2/f.txt']);
    expect(await entry('a.txt')).toMatchObject({ sizeBytes: 4 });
  });

  test('a file that became a folder, and a folder that became a file', async () => {
    folder.delete('a.txt');
    folder.write('a.txt/x.txt', '');
    folder.delete('work');
    folder.write('work', 'now a file');
    await walk({ paths: ['a.txt', 'work'] });
    expect(await ground.paths()).toEqual(['a.txt/x.txt', 'b.txt', 'work', 'work 2/f.txt']);
  });

  test('what is left out stays out', async () => {
    folder.write('.git/config', '');
    folder.write('work/x.tmp', '');
    await walk({ paths: ['.git/config', '.git', 'work/x.tmp'], rules: { includesHidden: false, ignore: ['*.tmp'] } });
    expect(await ground.paths()).toHaveLength(5);
    expect(pages).toBe(0);
  });
});
