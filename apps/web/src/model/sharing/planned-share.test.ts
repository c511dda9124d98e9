import { describe, expect, test } from 'vitest';
import type { Brought } from '../staging/brought.ts';
import { planned } from './planned-share.ts';

const file = (name: string, path = '') => {
  const made = new File(['x'], name);
  if (path) Object.defineProperty(made, 'webkitRelativePath', { value: path });
  return made;
};
const handle = (name: string) => ({ name }) as FileSystemHandle;
const reading = () => ({ signal: new AbortController().signal, onProgress: () => {} });
async function sharesOf(brought: Partial<Brought>) {
  const plans = await planned({ files: [], folders: [], ...brought }, reading);
  return Promise.all(plans.map((plan) => plan.share));
}

describe('what is brought', () => {
  test('files that came together are one share, called after the first', async () => {
    const shares = await sharesOf({ files: [{ file: file('a.txt') }, { file: file('b.txt') }] });
    expect(shares).toMatchObject([{ title: 'a.txt', kind: 'files', handles: [] }]);
    expect(shares[0]!.files.map(({ path }) => path)).toEqual([['a.txt'], ['b.txt']]);
  });

  test('what the browser can open again is shared by its handles alone', async () => {
    const files = ['a.txt', 'b.txt'].map((name) => ({ file: file(name), handle: Promise.resolve(handle(name)) }));
    const [share] = await sharesOf({ files });
    expect(share).toMatchObject({ title: 'a.txt', files: [] });
    expect(share!.handles.map(({ name }) => name)).toEqual(['a.txt', 'b.txt']);
  });

  test('two files of one name are told apart, in their handles too', async () => {
    const files = [1, 2].map(() => ({ file: file('a.txt'), handle: Promise.resolve(handle('a.txt')) }));
    const [share] = await sharesOf({ files });
    expect(share!.handles.map(({ name }) => name)).toEqual(['a.txt', 'a (2).txt']);
  });

  test('files with and without a handle do not share one fate', async () => {
    const shares = await sharesOf({
      files: [{ file: file('kept.txt'), handle: Promise.resolve(handle('kept.txt')) }, { file: file('gone.txt') }],
    });
    expect(shares).toMatchObject([
      { title: 'kept.txt', files: [] },
      { title: 'gone.txt', handles: [] },
    ]);
  });

  test('a folder input gives a folder, with the folder’s name before every path', async () => {
    const files = ['Photos/a.jpg', 'Photos/raw/b.jpg'].map((path) => ({ file: file(path.split('/').at(-1)!, path) }));
    const shares = await sharesOf({ files });
    expect(shares).toMatchObject([{ title: 'Photos', kind: 'folder' }]);
    expect(shares[0]!.files.map(({ path }) => path.join('/'))).toEqual(['Photos/a.jpg', 'Photos/raw/b.jpg']);
  });

  test('a folder that can be opened again is not read', async () => {
    const read = () => Promise.reject(new Error('was read'));
    const [share] = await sharesOf({ folders: [{ name: 'Photos', read, handle: Promise.resolve(handle('Photos')) }] });
    expect(share).toMatchObject({ title: 'Photos', kind: 'folder', files: [], handles: [{ name: 'Photos' }] });
  });

  test('a folder without a file is nothing to share', async () => {
    const read = async () => ({ files: [], unreadableCount: 0 });
    expect(await sharesOf({ folders: [{ name: 'Empty', read }] })).toEqual([null]);
  });

  test('one folder that cannot be read does not keep the others', async () => {
    const bad = { name: 'Bad', read: () => Promise.reject(new Error('no')) };
    const good = {
      name: 'Good',
      read: async () => ({ files: [{ path: ['Good', 'a'], file: file('a') }], unreadableCount: 0 }),
    };
    const plans = await planned({ files: [], folders: [bad, good] }, reading);
    const ends = await Promise.allSettled(plans.map((plan) => plan.share));
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });
});
