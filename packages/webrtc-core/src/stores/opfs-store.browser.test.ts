import { beforeAll, expect, test } from 'vitest';
import { chunkStoreSuite } from '../testing/chunk-store-suite.ts';

let outcomes: Record<'suite' | 'own', Record<string, string>>;

/** Sync access handles exist in workers only: the cases run there and report. */
beforeAll(async () => {
  const worker = new Worker(new URL('./opfs-store.testing-worker.ts', import.meta.url), { type: 'module' });
  outcomes = await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => reject(new Error(event.message));
  });
});

test('the OPFS store keeps what the store port promises', () => {
  expect(outcomes.suite).toEqual(Object.fromEntries(chunkStoreSuite.map(({ name }) => [name, 'passed'])));
});

test.each([
  'transfers that have a folder are listed, other files are not',
  'a journal remembers hashes under a name of its own',
])('%s', (name) => expect(outcomes.own[name]).toBe('passed'));
