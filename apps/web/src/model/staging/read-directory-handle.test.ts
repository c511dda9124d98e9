import { expect, test } from 'vitest';
import { readDirectoryHandle } from './read-directory-handle.ts';

type Tree = { [name: string]: Tree | number | null };

/** A directory handle as Chromium gives it; null cannot be opened. */
function folder(name: string, tree: Tree | null): FileSystemDirectoryHandle {
  async function* values() {
    if (!tree) throw new DOMException('gone', 'NotFoundError');
    for (const [child, node] of Object.entries(tree)) {
      if (child.endsWith('/')) yield folder(child.slice(0, -1), node as Tree | null);
      else yield file(child, node as number | null);
    }
  }
  return { kind: 'directory', name, values } as unknown as FileSystemDirectoryHandle;
}
function file(name: string, size: number | null): FileSystemFileHandle {
  const getFile = async () => {
    if (size === null) throw new DOMException('locked', 'NotReadableError');
    return new File([new Uint8Array(size)], name);
  };
  return { kind: 'file', name, getFile } as unknown as FileSystemFileHandle;
}
const options = () => ({ signal: new AbortController().signal, onProgress: () => {} });

test('keeps the tree, counts what cannot be opened', async () => {
  const press = folder('Press', {
    'a.jpg': 1,
    'raw/': { 'b.jpg': 2, 'deep/': { 'c.jpg': 3 } },
    locked: null,
    'gone/': null,
    'empty/': {},
  });
  const { files, unreadableCount } = await readDirectoryHandle(press, options());
  expect(files.map(({ path }) => path.join('/')).sort()).toEqual([
    'Press/a.jpg',
    'Press/raw/b.jpg',
    'Press/raw/deep/c.jpg',
  ]);
  expect(unreadableCount).toBe(2);
});

test('a thousand files come in batches and can be stopped', async () => {
  const many = folder('many', Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`${index}.txt`, 0])));
  const stop = new AbortController();
  const seen: number[] = [];
  const onProgress = ({ files }: { files: unknown[] }) => seen.push(files.length);
  expect((await readDirectoryHandle(many, { signal: stop.signal, onProgress })).files).toHaveLength(1000);
  expect(seen[0]).toBe(100);
  const stopped = readDirectoryHandle(many, { signal: stop.signal, onProgress: () => stop.abort() });
  await expect(stopped).rejects.toThrow('aborted');
});
