import { expect, test } from 'vitest';
import { broughtByDrop, broughtByPaste } from './from-data-transfer.ts';

const at = new Date(2026, 2, 3, 14, 2, 7);
const names = { text: 'Pasted text', image: 'Pasted image' };

function data(files: File[], text = '', folders: string[] = []): DataTransfer {
  const fileItems = files.map((file) => ({
    kind: 'file',
    getAsFile: () => file,
    webkitGetAsEntry: () => ({ isFile: true, isDirectory: false, name: file.name }),
  }));
  const folderItems = folders.map((name) => ({
    kind: 'file',
    getAsFile: () => new File([], name),
    webkitGetAsEntry: () => ({ isFile: false, isDirectory: true, name }),
  }));
  const items = [{ kind: 'string', getAsFile: () => null }, ...fileItems, ...folderItems];
  return { items, getData: () => text } as unknown as DataTransfer;
}

test('a drop tells files from folders', () => {
  const { files, folders } = broughtByDrop(data([new File(['x'], 'a.txt')], '', ['Press']));
  expect(files.map(({ name }) => name)).toEqual(['a.txt']);
  expect(folders.map(({ name }) => name)).toEqual(['Press']);
});

test('pasted text becomes a file, unless files came with it', async () => {
  const [text] = broughtByPaste(data([], 'Hello'), at, names).files;
  expect(text?.name).toBe('Pasted text 2026-03-03 14.02.07.txt');
  expect(await text?.text()).toBe('Hello');
  expect(broughtByPaste(data([new File(['x'], 'a.txt')], '/home/a.txt'), at, names).files).toHaveLength(1);
  expect(broughtByPaste(data([]), at, names).files).toEqual([]);
});

test('a copied picture gets a name of its own', () => {
  const picture = new File(['x'], 'image.png', { type: 'image/png' });
  expect(broughtByPaste(data([picture]), at, names).files[0]?.name).toBe('Pasted image 2026-03-03 14.02.07.png');
});
