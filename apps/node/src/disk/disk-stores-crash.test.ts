import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CHUNK_BYTES, hashChunk, type Run } from '@ferry/webrtc-core';
import { expect, test } from 'vitest';
import { chunkContents, columnLayoutOf, KEY } from '../testing/chunk-contents.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { DiskStores } from './disk-stores.ts';

const WRITER = fileURLToPath(new URL('../testing/column-writer.ts', import.meta.url));
const SIZE_BYTES = 20 * CHUNK_BYTES + 9;
const MOST_LIVES = 30;

/** Kills the program some moment after it flushed so often; tells what it said was durable. */
async function life(folder: string, flushes: number): Promise<Run[]> {
  const program = spawn(process.execPath, [WRITER, folder, `${SIZE_BYTES}`], { stdio: ['ignore', 'pipe', 'inherit'] });
  let durable: Run[] = [];
  let left = flushes;
  const ripe = Promise.withResolvers<void>();
  const lines = createInterface({ input: program.stdout });
  lines.on('line', (line) => {
    if (line !== 'open') durable = JSON.parse(line);
    if (left-- === 0) ripe.resolve();
  });
  const [exited, read] = [once(program, 'exit'), once(lines, 'close')];
  await Promise.race([ripe.promise, exited]);
  await Promise.race([delay(Math.random() * 40), exited]);
  program.kill('SIGKILL');
  await Promise.all([exited, read]);
  return durable;
}

test('a program that is killed, time after time, keeps every chunk it flushed and claims no other bytes', {
  timeout: 180_000,
}, async () => {
  const folder = temporaryFolder();
  const layout = columnLayoutOf(SIZE_BYTES);
  let lives = 0;
  for (let isWhole = false; !isWhole; ) {
    expect(++lives).toBeLessThan(MOST_LIVES);
    const durable = await life(folder, lives % 3);
    const store = await new DiskStores(folder).open(KEY, layout);
    for (const { first, count } of durable) {
      for (let chunk = first; chunk < first + count; chunk++) expect(store.have.has(chunk)).toBe(true);
    }
    for (let chunk = store.have.nextSet(); chunk !== -1; chunk = store.have.nextSet(chunk + 1)) {
      const written = await hashChunk(chunkContents(chunk, layout.lengthOf(chunk)));
      expect(await hashChunk(await store.read(chunk))).toEqual(written);
      expect(store.hashOf(chunk)).toEqual(written);
    }
    isWhole = store.have.isFull;
    await store.close();
  }
  expect(lives).toBeGreaterThan(1);
});
