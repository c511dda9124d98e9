import { expect, test } from 'vitest';
import { CHUNK_BYTES } from '../content/chunk.ts';
import { serves } from '../testing/asking-ground.ts';
import { ExchangeGround } from '../testing/exchange-ground.ts';
import { identified } from '../testing/identified-bundle.ts';
import { memoryBundle } from '../testing/memory-bundle.ts';
import { sizedLayout } from '../testing/sized-manifest.ts';
import { AlmostWholeStore, almostWholeStores } from './almost-whole-store.ts';

const layout = sizedLayout([2 * CHUNK_BYTES + 5]);

test('all but one chunk is held, and of that one the bytes are kept', async () => {
  const store = new AlmostWholeStore(layout, 2);
  expect([store.have.has(0), store.have.has(1), store.have.has(2)]).toEqual([true, true, false]);
  await expect(store.read(0)).rejects.toMatchObject({ code: 'store-failed' });
  await expect(store.read(2)).rejects.toMatchObject({ code: 'store-failed' });
  const bytes = new Uint8Array(5).fill(7);
  await store.write(2, bytes, new Uint8Array(32).fill(1));
  expect([store.have.isFull, await store.read(2), store.hashOf(2)]).toEqual([true, bytes, new Uint8Array(32).fill(1)]);
  expect(store.hashOf(0)).toBeUndefined();
  expect(() => new AlmostWholeStore(layout, 3)).toThrow(RangeError);
});

test('one chunk alone is fetched, held to the content id of its column', async () => {
  const ground = new ExchangeGround();
  const [alice, bob] = [ground.join('alice'), ground.join('bob')];
  const bundle = await identified(memoryBundle([3 * CHUNK_BYTES], 5));
  const { served } = serves(alice, { it: bundle });
  const receiver = await bob.exchange.fetch({
    ...{ summary: { title: 'x', itemCount: 1, entryCount: 1, totalBytes: 1 }, manifest: bundle.manifest },
    stores: almostWholeStores(1),
    sources: [{ peerId: 'alice', reference: async () => 'it', isOrigin: true }],
  });
  await receiver.accept();
  await ground.clock.runUntil(() => receiver.state.status === 'done' && served[0]?.state.status === 'done');
  expect(receiver.movedBytes).toBe(CHUNK_BYTES);
  expect(await receiver.read(1)).toEqual(bundle.contents[0]!.slice(CHUNK_BYTES, 2 * CHUNK_BYTES));
});
