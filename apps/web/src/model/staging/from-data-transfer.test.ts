import { expect, test } from 'vitest';
import { broughtByDrop, broughtByPaste } from './from-data-transfer.ts';

const at = new Date(2026, 2, 3, 14, 2, 7);
const names = { text: 'Pasted text', image: 'Pasted image' };

type GiveHandle = (name: string) => Promise<FileSystemHandle | null>;

function data(files: File[], text = '', folders: string[] = [], giveHandle?: GiveHandle): DataTransfer {
  const handles = (name: string) => (giveHandle ? { getAsFileSystemHandle: () => giveHandle(name) } : {});
  const fileItems = files.map((file) => ({
    kind: 'file',
    ...handles(file.name),
    getAsFile: () => file,
    webkitGetAsEntry: () => ({ isFile: true, isDirectory: false, name: file.name }),
  }));
  const folderItems = folders.map((name) => ({
    kind: 'file',
    ...handles(name),
    getAsFile: () => new File([], name),
    webkitGetAsEntry: () => ({ isFile: false, isDirectory: true, name }),
  }));
  const items = [{ kind: 'string', getAsFile: () => null }, ...fileItems, ...folderItems];
  return { items, getData: () => text } as unknown as DataTransfer;
}

test('a drop tells files from folders', () => {
  const { files, folders } = broughtByDrop(data([new File(['x'], 'a.txt')], '', ['Press']));
  expect(files.map(({ file }) => file.name)).toEqual(['a.txt']);
  expect(folders.map(({ name }) => name)).toEqual(['Press']);
});

test('a drop asks for handles while the event lasts, and takes none for an answer', async () => {
  const asked: string[] = [];
  const { files, folders } = broughtByDrop(
    data([new File(['x'], 'a.txt'), new File(['x'], 'odd.txt')], '', ['Press'], (name) => {
      asked.push(name);
      return name === 'odd.txt' ? Promise.reject(new Error('no')) : Promise.resolve({ name } as FileSystemHandle);
    }),
  );
  expect(asked).toEqual(['a.txt', 'odd.txt', 'Press']);
  expect(await files[0]?.handle).toEqual({ name: 'a.txt' });
  expect(await files[1]?.handle).toBeNull();
  expect(await folders[0]?.handle).toEqual({ name: 'Press' });
  expect(await broughtByDrop(data([new File(['x'], 'a.txt')])).files[0]?.handle).toBeNull();
});

test('what is pasted has no handle', () => {
  const refuse = () => Promise.reject(new Error('must not be asked'));
  const [file] = broughtByPaste(data([new File(['x'], 'a.txt')], '', [], refuse), at, names).files;
  expect(file?.handle).toBeUndefined();
});

test('pasted text becomes a file, unless files came with it', async () => {
  const [text] = broughtByPaste(data([], 'Hello'), at, names).files;
  expect(text?.file.name).toBe('Pasted text 2026-03-03 14.02.07.txt');
  expect(await text?.file.text()).toBe('Hello');
  expect(broughtByPaste(data([new File(['x'], 'a.txt')], '/home/a.txt'), at, names).files).toHaveLength(1);
  expect(broughtByPaste(data([]), at, names).files).toEqual([]);
});

test('a copied picture gets a name of its own', () => {
  const picture = new File(['x'], 'image.png', { type: 'image/png' });
  expect(broughtByPaste(data([picture]), at, names).files[0]?.file.name).toBe('Pasted image 2026-03-03 14.02.07.png');
});
