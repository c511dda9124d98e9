import { expect, test } from 'vitest';
import { broughtFiles } from './brought.ts';
import type { FolderReading, ReadOptions } from './read-folder.ts';
import { isUsable, readingsOf } from './reading.ts';
import type { StagedItem } from './staged-item.ts';

const file = (name: string) => new File(['x'], name);
const handle = (name: string) => Promise.resolve({ name } as FileSystemHandle);

test('files of an input are whole at once', async () => {
  const [reading] = readingsOf(broughtFiles([file('a.txt')]), () => {});
  expect(await reading?.done).toBe(reading?.item);
  expect(reading?.item.handle).toBeNull();
});

test('a file is there at once, its handle when the browser gives it', async () => {
  const [reading] = readingsOf({ files: [{ file: file('a.txt'), handle: handle('a.txt') }], folders: [] }, () => {});
  expect(reading?.item).toMatchObject({ name: 'a.txt', isReading: false, handle: null });
  expect((await reading?.done)?.handle).toEqual({ name: 'a.txt' });
});

test('a folder fills while it is read, and ends with its handle', async () => {
  const told: StagedItem[] = [];
  const read = async ({ onProgress }: ReadOptions): Promise<FolderReading> => {
    const files = [{ path: ['Press', 'a.txt'], file: file('a.txt') }];
    onProgress({ files, unreadableCount: 0 });
    return { files, unreadableCount: 1 };
  };
  const brought = { files: [], folders: [{ name: 'Press', read, handle: handle('Press') }] };
  const [reading] = readingsOf(brought, (item) => told.push(item));
  expect(isUsable(reading!.item)).toBe(true);
  const whole = await reading!.done;
  expect(whole).toMatchObject({ kind: 'folder', isReading: false, unreadableCount: 1, handle: { name: 'Press' } });
  expect(told.map(({ isReading }) => isReading)).toEqual([true, false]);
  expect(told.at(-1)).toBe(whole);
});

test('stopping ends the walk', async () => {
  const read = ({ signal }: ReadOptions) =>
    new Promise<FolderReading>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  const [reading] = readingsOf({ files: [], folders: [{ name: 'Press', read }] }, () => {});
  reading?.stop();
  await expect(reading?.done).rejects.toThrow('aborted');
});

test('a folder that cannot be read at all ends as unreadable', async () => {
  const read = () => Promise.reject(new Error('gone'));
  const [reading] = readingsOf({ files: [], folders: [{ name: 'Press', read }] }, () => {});
  expect(await reading?.done).toMatchObject({ files: [], unreadableCount: 1, isReading: false });
});
