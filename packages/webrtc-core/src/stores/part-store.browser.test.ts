import { expect, test } from 'vitest';
import { cdp } from 'vitest/browser';
import { CHUNK_BYTES } from '../content/chunk.ts';
import { CrashingDisk } from '../testing/crashing-disk.ts';
import { seededRandom } from '../testing/random.ts';
import { sizedLayout } from '../testing/sized-manifest.ts';
import { systemClock } from '../util/clock.ts';
import { ChunkJournal } from './opfs-journal.ts';
import { PartLayout } from './part-layout.ts';
import { PartStore } from './part-store.ts';

const CHUNKS = 100;

test('memory stays flat however much is written', { timeout: 60_000 }, async () => {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('flat', { create: true });
  // On the page, where the debugger sees the heap; the journal alone needs a worker.
  const journal = new ChunkJournal(new CrashingDisk(seededRandom(1)).open('journal'), CHUNKS);
  const layout = new PartLayout(sizedLayout([CHUNKS * CHUNK_BYTES]));
  const store = await PartStore.open({ folder, journal, layout, elsewhere: undefined, clock: systemClock });
  const beforeBytes = await retainedBytes();
  let mostBytes = 0;
  for (let chunk = 0; chunk < CHUNKS; chunk++) {
    await store.write(chunk, new Uint8Array(CHUNK_BYTES).fill(chunk), new Uint8Array(32));
    if (chunk % 20 === 19) mostBytes = Math.max(mostBytes, (await retainedBytes()) - beforeBytes);
  }
  await store.close();
  await root.removeEntry('flat', { recursive: true });
  expect(mostBytes).toBeLessThan(8 * CHUNK_BYTES);
});

/** Of this page, buffers included, after everything that can go is gone. */
async function retainedBytes(): Promise<number> {
  const devtools = cdp() as unknown as { send(method: string): Promise<Record<string, number>> };
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await devtools.send('Runtime.getHeapUsage');
  return usedSize! + backingStorageSize!;
}
