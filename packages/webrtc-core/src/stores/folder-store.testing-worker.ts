// Does with folder stores what a test on the page asks for, inside a worker, where alone sync access handles
// exist. A folder of the origin private file system stands for the one a user picks. Knows no test runner.
import { hashChunk, hashesEqual } from '../content/hash.ts';
import { indexesOf } from '../content/run.ts';
import type { ChunkStore, ChunkStoreProvider } from '../content/store.ts';
import { chunkStoreSuite } from '../testing/chunk-store-suite.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { sizedLayout } from '../testing/sized-manifest.ts';
import { type BundleOnDisk, chunkBytes, freshFolder, groundOf } from './folder-store.testing-ground.ts';
import { deleteFolderParts, FolderStore } from './folder-store.ts';
import { OpfsStores } from './opfs-stores.ts';

const tasks = {
  /** Each case of the chunk store suite, and how it ended. */
  async suite(): Promise<Record<string, string>> {
    const outcomes: Record<string, string> = {};
    for (const { name, run } of chunkStoreSuite) {
      outcomes[name] = await run(newProvider).then(
        () => 'passed',
        (error: unknown) => String(error),
      );
    }
    return outcomes;
  },

  /** Writes chunks to the private storage first, then others to the folder; closes unless told not to. */
  async receive(bundle: BundleOnDisk & { base?: number[]; folder: number[]; leaveOpen?: boolean }): Promise<number> {
    const { transferId } = bundle;
    const { bundles, journal, picked } = await groundOf(bundle);
    const layout = sizedLayout(bundle.sizes);
    const base = bundle.base ? await new OpfsStores(bundles).open(transferId, layout) : null;
    for (const chunk of bundle.base ?? []) await write(base!, chunk, layout.lengthOf(chunk));
    // Left open, no part may be closed for being idle.
    const clock = bundle.leaveOpen ? new ManualClock() : undefined;
    const store = await FolderStore.open({ journal, folder: picked, base, layout, transferId, clock });
    for (const chunk of bundle.folder) await write(store, chunk, layout.lengthOf(chunk));
    if (!bundle.leaveOpen) await store.close();
    return store.have.count;
  },

  /** What a store that is opened now holds, each chunk read and compared with its hash and with what was written. */
  async held(bundle: BundleOnDisk & { withBase?: boolean }): Promise<number[]> {
    const { transferId } = bundle;
    const { bundles, journal, picked } = await groundOf(bundle);
    const layout = sizedLayout(bundle.sizes);
    const base = bundle.withBase ? await new OpfsStores(bundles).open(transferId, layout) : null;
    const store = await FolderStore.open({ journal, folder: picked, base, layout, transferId });
    const held = [...indexesOf(store.have.runs())];
    for (const chunk of held) {
      const bytes = await store.read(chunk);
      const written = await hashChunk(chunkBytes(chunk, layout.lengthOf(chunk)));
      const right = hashesEqual(await hashChunk(bytes), written) && hashesEqual(store.hashOf(chunk)!, written);
      if (!right) throw new Error(`Chunk ${chunk} is not what it was`);
    }
    await store.close();
    return held;
  },
};

export type FolderTasks = typeof tasks;

async function write(store: ChunkStore, chunk: number, length: number): Promise<void> {
  const bytes = chunkBytes(chunk, length);
  await store.write(chunk, bytes, await hashChunk(bytes));
}

async function newProvider(): Promise<ChunkStoreProvider> {
  const journals = await freshFolder('suite-journals');
  const picked = await freshFolder('suite-picked');
  return {
    async open(transferId, layout) {
      const journal = await journals.getDirectoryHandle(transferId, { create: true });
      // The suite's ids differ at their end alone; the first eight characters name the folder.
      const folder = await picked.getDirectoryHandle(transferId, { create: true });
      return FolderStore.open({ journal, folder, base: null, layout, transferId });
    },
    async delete(transferId) {
      await journals.removeEntry(transferId, { recursive: true }).catch(() => {});
      await deleteFolderParts(await picked.getDirectoryHandle(transferId, { create: true }), transferId);
    },
  };
}

addEventListener('message', ({ data: [task, argument] }: MessageEvent<[keyof FolderTasks, never]>) => {
  tasks[task](argument).then(
    (result) => postMessage({ result }),
    (error: unknown) => postMessage({ error: String(error) }),
  );
});
