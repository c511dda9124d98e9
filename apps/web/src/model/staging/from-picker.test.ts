import { expect, test } from 'vitest';
import { broughtByFilePicker, broughtByFolderPicker } from './from-picker.ts';

function fileHandle(name: string, isGone = false): FileSystemFileHandle {
  const getFile = async () => {
    if (isGone) throw new DOMException('gone', 'NotFoundError');
    return new File(['x'], name);
  };
  return { kind: 'file', name, getFile } as unknown as FileSystemFileHandle;
}

test('picked files come with their handles', async () => {
  const handles = [fileHandle('a.txt'), fileHandle('b.txt')];
  const { files } = await broughtByFilePicker(handles);
  expect(files.map(({ file }) => file.name)).toEqual(['a.txt', 'b.txt']);
  expect(await Promise.all(files.map(({ handle }) => handle))).toEqual(handles);
});

test('one that cannot be opened is not left out in silence', async () => {
  await expect(broughtByFilePicker([fileHandle('a.txt'), fileHandle('b.txt', true)])).rejects.toThrow('gone');
});

test('a picked folder is read when it is staged, and comes with its handle', async () => {
  async function* values() {
    yield fileHandle('a.txt');
  }
  const handle = { kind: 'directory', name: 'Press', values } as unknown as FileSystemDirectoryHandle;
  const [folder] = broughtByFolderPicker(handle).folders;
  expect(folder?.name).toBe('Press');
  expect(await folder?.handle).toBe(handle);
  const reading = await folder?.read({ signal: new AbortController().signal, onProgress: () => {} });
  expect(reading?.files.map(({ path }) => path)).toEqual([['Press', 'a.txt']]);
});
