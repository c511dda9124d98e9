import { expect, test } from 'vitest';
import { readFolder } from './read-folder.ts';

type Tree = { [name: string]: Tree | number | null };

/** A directory entry as browsers give it: at most a hundred children a batch; null cannot be opened. */
function folder(name: string, tree: Tree): FileSystemDirectoryEntry {
  const children = Object.entries(tree).map(([child, node]) =>
    node !== null && typeof node === 'object' ? folder(child, node) : file(child, node),
  );
  const createReader = () => {
    let at = 0;
    const readEntries = (give: (batch: FileSystemEntry[]) => void) => {
      at += 100;
      give(children.slice(at - 100, at));
    };
    return { readEntries };
  };
  return { isDirectory: true, isFile: false, name, createReader } as unknown as FileSystemDirectoryEntry;
}
function file(name: string, size: number | null): FileSystemEntry {
  const open = (give: (file: File) => void, fail: () => void) =>
    size === null ? fail() : give(new File([new Uint8Array(size)], name));
  return { isDirectory: false, isFile: true, name, file: open } as unknown as FileSystemEntry;
}
const options = () => ({ signal: new AbortController().signal, onProgress: () => {} });

test('keeps the tree, skips what cannot be opened', async () => {
  const { files, unreadableCount } = await readFolder(
    folder('Press', { 'a.jpg': 1, raw: { 'b.jpg': 2, deep: { 'c.jpg': 3 } }, locked: null, empty: {} }),
    options(),
  );
  expect(files.map(({ path }) => path.join('/')).sort()).toEqual([
    'Press/a.jpg',
    'Press/raw/b.jpg',
    'Press/raw/deep/c.jpg',
  ]);
  expect(unreadableCount).toBe(1);
});

test('ten thousand files come in batches and can be stopped', async () => {
  const tree = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`${index}.txt`, 0]));
  const stop = new AbortController();
  const seen: number[] = [];
  const onProgress = ({ files }: { files: unknown[] }) => seen.push(files.length);
  expect((await readFolder(folder('many', tree), { signal: stop.signal, onProgress })).files).toHaveLength(10_000);
  expect(seen).toHaveLength(100);
  const stopped = readFolder(folder('many', tree), { signal: stop.signal, onProgress: () => stop.abort() });
  await expect(stopped).rejects.toThrow('aborted');
});
