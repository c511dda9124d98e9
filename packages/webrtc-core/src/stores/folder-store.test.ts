import { describe, expect, test, vi } from 'vitest';
import { indexesOf } from '../content/run.ts';
import { CrashingDisk } from '../testing/crashing-disk.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { MemoryFolder } from '../testing/memory-folder.ts';
import { seededRandom } from '../testing/random.ts';
import { sizedLayout } from '../testing/sized-manifest.ts';
import { FolderStore } from './folder-store.ts';
import { OpfsStore } from './opfs-store.ts';

const layout = sizedLayout([10, 10, 10]);
const bytesOf = (seed: number) => new Uint8Array(10).fill(seed);
const hashOf = (seed: number) => new Uint8Array(32).fill(seed);

/** A base that holds the first chunk, and a folder that holds the second. */
async function ground() {
  const disk = new CrashingDisk(seededRandom(1));
  const clock = new ManualClock();
  const data = disk.open('data');
  const base = new OpfsStore(layout, data, disk.open('journal'), clock);
  await base.write(0, bytesOf(1), hashOf(1));
  const journal = new MemoryFolder(disk, 'opfs');
  const folder = new MemoryFolder(disk, 'picked');
  const options = { journal: journal.handle, folder: folder.handle, base, layout, transferId: 'abcdefgh-ijkl', clock };
  const store = await FolderStore.open(options);
  await store.write(1, bytesOf(2), hashOf(2));
  return { store, base, data, folder, journal, options, clock };
}

const held = (store: FolderStore) => [...indexesOf(store.have.runs())];

test('base and folder are read as one, and only the folder is written', async () => {
  const { store, base, folder } = await ground();
  expect(held(store)).toEqual([0, 1]);
  expect([await store.read(0), await store.read(1)]).toEqual([bytesOf(1), bytesOf(2)]);
  expect([0, 1, 2].map((chunk) => store.hashOf(chunk))).toEqual([hashOf(1), hashOf(2), undefined]);
  expect([...indexesOf(base.have.runs())]).toEqual([0]);
  expect([...folder.entriesByName.keys()]).toEqual(['Ferry parts abcdefgh']);
  await expect(store.read(2)).rejects.toMatchObject({ code: 'store-failed' });
});

test('a chunk of the base that is written again stays in the base, and is gone when that fails', async () => {
  const { store, base, data } = await ground();
  await store.write(0, bytesOf(3), hashOf(3));
  expect(await base.read(0)).toEqual(bytesOf(3));
  expect(store.hashOf(0)).toEqual(hashOf(3));
  vi.spyOn(data, 'write').mockReturnValueOnce(0);
  await expect(store.write(0, bytesOf(4), hashOf(4))).rejects.toMatchObject({ code: 'store-full' });
  expect(held(store)).toEqual([1]);
  // Then it may go to the folder.
  await store.write(0, bytesOf(5), hashOf(5));
  expect(await store.read(0)).toEqual(bytesOf(5));
});

test.each(['flush', 'close'] as const)('%s reaches both, also when one of them fails', async (method) => {
  const { store, data, folder, options } = await ground();
  vi.spyOn(data, 'flush').mockImplementation(() => {
    throw new DOMException('', 'InvalidStateError');
  });
  await expect(store[method]()).rejects.toMatchObject({ code: 'store-failed' });
  expect(folder.ground.openWritables).toBe(0);
  expect(held(await FolderStore.open({ ...options, base: null }))).toEqual([1]);
});

test('closing leaves no timer behind', async () => {
  const { store, clock } = await ground();
  expect(clock.pendingCount).toBe(2);
  await store.close();
  expect(clock.pendingCount).toBe(0);
});

describe('opening fails', () => {
  test.each(['NotAllowedError', 'NotFoundError'])('with store-failed for %s', async (name) => {
    const { options, folder } = await ground();
    folder.ground.fail = () => {
      throw new DOMException('', name);
    };
    await expect(FolderStore.open(options)).rejects.toMatchObject({ code: 'store-failed', cause: { name } });
  });

  test('with store-full when the journal does not fit', async () => {
    const { options, journal } = await ground();
    journal.ground.fail = (call) => {
      if (call === 'getFileHandle') throw new DOMException('', 'QuotaExceededError');
    };
    await expect(FolderStore.open(options)).rejects.toMatchObject({ code: 'store-full' });
  });

  test('and lets go of the journal when the folder cannot be looked through', async () => {
    const { options, folder, journal } = await ground();
    const file = await journal.getFileHandle('folder-journal');
    const handle = await file.createSyncAccessHandle();
    const close = vi.spyOn(handle, 'close');
    vi.spyOn(file, 'createSyncAccessHandle').mockResolvedValue(handle);
    const parts = await folder.getDirectoryHandle('Ferry parts abcdefgh');
    vi.spyOn(parts, 'keys').mockImplementation(() => {
      throw new DOMException('', 'NotAllowedError');
    });
    await expect(FolderStore.open(options)).rejects.toMatchObject({ code: 'store-failed' });
    expect(close).toHaveBeenCalledTimes(1);
  });
});
