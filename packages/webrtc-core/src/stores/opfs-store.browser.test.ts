import { expect, test } from 'vitest';
import { chunkStoreSuite } from '../testing/chunk-store-suite.ts';

/** Sync access handles exist in workers only: the cases run there and report. */
function outcomesInWorker(): Promise<Record<string, string>> {
  const worker = new Worker(new URL('./opfs-store.testing-worker.ts', import.meta.url), { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => reject(new Error(event.message));
  });
}

test('the OPFS store keeps what the store port promises', async () => {
  const expected = Object.fromEntries(chunkStoreSuite.map(({ name }) => [name, 'passed']));
  expect(await outcomesInWorker()).toEqual(expected);
});
