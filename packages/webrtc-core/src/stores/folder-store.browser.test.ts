import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CHUNK_BYTES } from '../content/chunk.ts';
import { hashChunk } from '../content/hash.ts';
import type { BundleLayout } from '../content/layout.ts';
import { chunkStoreSuite } from '../testing/chunk-store-suite.ts';
import { sizedLayout } from '../testing/sized-manifest.ts';
import { chunkBytes, groundOf } from './folder-store.testing-ground.ts';
import type { FolderTasks } from './folder-store.testing-worker.ts';
import { contentBlob, deleteFolderParts } from './folder-store.ts';

type Task = keyof FolderTasks;
type Argument<Name extends Task> = Parameters<FolderTasks[Name]>[0];
type Result<Name extends Task> = Awaited<ReturnType<FolderTasks[Name]>>;

/** One bundle's: a sync access handle is let go of when its worker is. */
let worker: Worker;
let transferId: string;

beforeEach(() => {
  worker = newWorker();
  transferId = crypto.randomUUID();
});

afterEach(async () => {
  worker.terminate();
  const root = await navigator.storage.getDirectory();
  for await (const name of root.keys()) await root.removeEntry(name, { recursive: true }).catch(() => {});
});

function newWorker(): Worker {
  return new Worker(new URL('./folder-store.testing-worker.ts', import.meta.url), { type: 'module' });
}

function run<Name extends Task>(task: Name, argument?: Argument<Name>): Promise<Result<Name>> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data.result));
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage([task, argument]);
  });
}

/** The worker is gone, as with a browser that is killed; its locks go a moment later. */
async function restartWorker(): Promise<void> {
  worker.terminate();
  worker = newWorker();
  const { journal } = await groundOf({ transferId });
  await vi.waitFor(async () => {
    for await (const name of journal.keys()) {
      const file = await journal.getFileHandle(name);
      await (await file.createWritable({ keepExistingData: true })).close();
    }
  });
}

async function partsIn(folder: FileSystemDirectoryHandle): Promise<Record<string, number>> {
  const parts = await folder.getDirectoryHandle(`Ferry parts ${transferId.slice(0, 8)}`);
  const sizes: Record<string, number> = {};
  for await (const name of parts.keys()) sizes[name] = (await (await parts.getFileHandle(name)).getFile()).size;
  return sizes;
}

const range = (first: number, end: number) => Array.from({ length: end - first }, (_, index) => first + index);

test('the folder store keeps what the store port promises', async () => {
  expect(await run('suite')).toEqual(Object.fromEntries(chunkStoreSuite.map(({ name }) => [name, 'passed'])));
});

describe('a bundle that lies partly in private storage and partly in a folder', () => {
  // Seventy chunks, then three short ones: two parts.
  const sizes = [70 * CHUNK_BYTES, 5, 0, CHUNK_BYTES + 7];
  const layout = sizedLayout(sizes);
  const base = [...range(0, 10), 40];
  const folder = [...range(10, 40), ...range(41, 73)];

  test('is held together, in two parts of at most 64 MiB, and its content is its bytes', {
    timeout: 60_000,
  }, async () => {
    expect(await run('receive', { transferId, sizes, base, folder })).toBe(73);
    expect(await run('held', { transferId, sizes, withBase: true })).toEqual(range(0, 73));
    expect(await run('held', { transferId, sizes })).toEqual(folder);
    const { journal, picked } = await groundOf({ transferId });
    expect(await partsIn(picked)).toEqual({ 'part-0001': 63 * CHUNK_BYTES, 'part-0002': 8 * CHUNK_BYTES + 12 });
    const data = await (await journal.getFileHandle('data')).getFile();
    expect(data.size).toBe(41 * CHUNK_BYTES);

    const slices = vi.spyOn(Blob.prototype, 'slice');
    const content = await contentBlob({ journal, folder: picked, layout, transferId });
    // Base, part, base, part, next part; and the bitfields of two journals.
    expect(slices).toHaveBeenCalledTimes(5 + 2);
    slices.mockRestore();
    await expectChunks(content, layout, range(0, 73));
  });

  test('has zeros where nothing was received, and the rest at its place', async () => {
    await run('receive', { transferId, sizes, base: [1], folder: [70, 72] });
    const { journal, picked } = await groundOf({ transferId });
    const content = await contentBlob({ journal, folder: picked, layout, transferId });
    await expectChunks(content, layout, [0, 1, 2, 69, 70, 71, 72], [1, 70, 72]);
  });

  test('loses what a deleted part held, and its content is refused', async () => {
    const some = [0, 1, 65, 66, 71];
    await run('receive', { transferId, sizes, base: [3], folder: some });
    const { journal, picked } = await groundOf({ transferId });
    const parts = await picked.getDirectoryHandle(`Ferry parts ${transferId.slice(0, 8)}`);
    await parts.removeEntry('part-0002');
    const content = contentBlob({ journal, folder: picked, layout, transferId });
    await expect(content).rejects.toMatchObject({ code: 'store-failed' });
    expect(await run('held', { transferId, sizes, withBase: true })).toEqual([0, 1, 3]);
    // It is received again.
    await run('receive', { transferId, sizes, base: [], folder: [65, 66] });
    expect(await run('held', { transferId, sizes, withBase: true })).toEqual([0, 1, 3, 65, 66]);
  });
});

test('what was not closed when the browser was killed is not held, and the rest is', async () => {
  const sizes = [66 * CHUNK_BYTES];
  await run('receive', { transferId, sizes, folder: [5, 64] });
  // The second part is whole with these; of the first one nothing more is durable.
  await run('receive', { transferId, sizes, folder: [6, 63, 65], leaveOpen: true });
  await restartWorker();
  expect(await run('held', { transferId, sizes })).toEqual([5, 63, 64, 65]);
  await run('receive', { transferId, sizes, folder: [6] });
  expect(await run('held', { transferId, sizes })).toEqual([5, 6, 63, 64, 65]);
});

describe('deleting parts', () => {
  const sizes = [10, 10];

  test('leaves nothing', async () => {
    await run('receive', { transferId, sizes, folder: [0] });
    const { picked } = await groundOf({ transferId });
    await deleteFolderParts(picked, transferId);
    await expect(partsIn(picked)).rejects.toMatchObject({ name: 'NotFoundError' });
    await deleteFolderParts(picked, transferId);
  });

  test('leaves what somebody else put there', async () => {
    await run('receive', { transferId, sizes, folder: [0] });
    const { picked } = await groundOf({ transferId });
    const parts = await picked.getDirectoryHandle(`Ferry parts ${transferId.slice(0, 8)}`);
    await parts.getFileHandle('holiday.jpg', { create: true });
    await deleteFolderParts(picked, transferId);
    expect(Object.keys(await partsIn(picked))).toEqual(['holiday.jpg']);
  });

  test('does not stop at what file managers leave', async () => {
    await run('receive', { transferId, sizes, folder: [0] });
    const { picked } = await groundOf({ transferId });
    const parts = await picked.getDirectoryHandle(`Ferry parts ${transferId.slice(0, 8)}`);
    await parts.getFileHandle('.DS_Store', { create: true });
    await deleteFolderParts(picked, transferId);
    await expect(partsIn(picked)).rejects.toMatchObject({ name: 'NotFoundError' });
  });
});

async function expectChunks(content: Blob, layout: BundleLayout, chunks: number[], held = chunks): Promise<void> {
  expect(content.size).toBe(layout.totalBytes);
  for (const chunk of chunks) {
    const { storageOffset, length } = layout.place(chunk);
    const bytes = new Uint8Array(await content.slice(storageOffset, storageOffset + length).arrayBuffer());
    const expected = held.includes(chunk) ? chunkBytes(chunk, length) : new Uint8Array(length);
    expect(await hashChunk(bytes), `chunk ${chunk}`).toEqual(await hashChunk(expected));
  }
}
