import { expect, test } from 'vitest';
import { blobBundle } from './content/blob-source.ts';
import { CHUNK_BYTES } from './content/chunk.ts';
import { Exchange } from './exchange.ts';
import { MemoryStores } from './stores/memory-store.ts';
import { ManualClock } from './testing/manual-clock.ts';
import { seededRandom } from './testing/random.ts';
import { SimulatedNetwork } from './testing/simulated-network.ts';
import type { Receiver } from './transfer/receiver.ts';

function setUp(options: { seed?: number; breakChance?: number; corruptChance?: number } = {}) {
  const clock = new ManualClock();
  const network = new SimulatedNetwork({ seed: options.seed ?? 1, clock, ...options });
  const stores = { alice: new MemoryStores(), bob: new MemoryStores() };
  const alice = new Exchange({ connector: network.join('alice'), stores: stores.alice, clock });
  const bob = new Exchange({ connector: network.join('bob'), stores: stores.bob, clock });
  return { clock, network, stores, alice, bob };
}

async function until(clock: ManualClock, condition: () => boolean): Promise<void> {
  for (let step = 0; step < 200_000; step++) {
    if (condition()) return;
    if (!clock.step()) await new Promise((resolve) => setTimeout(resolve, 1));
    else await new Promise((resolve) => setTimeout(resolve));
  }
  throw new Error('It never happened');
}

const SIZES = [0, 1, 1000, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 7];

test('a bundle arrives byte for byte', async () => {
  const { clock, stores, alice, bob } = setUp();
  const random = seededRandom(7);
  const contents = SIZES.map((size) => random.bytes(size));
  const bundle = blobBundle(
    contents.map((bytes, index) => ({ path: [`${index}`], blob: new Blob([bytes as Uint8Array<ArrayBuffer>]) })),
  );
  let receiver: Receiver | undefined;
  bob.events.on('incoming', (incoming) => {
    receiver = incoming;
    void incoming.accept();
  });
  const outgoing = alice.announce(bundle, { title: 'x', itemCount: SIZES.length }, ['bob']);
  await until(clock, () => receiver?.state.status === 'done' && outgoing.state.status === 'done');
  const received = receiver!;
  for (const [entry, bytes] of contents.entries()) {
    const layout = await import('./content/layout.ts').then(({ BundleLayout }) => new BundleLayout(received.chosen!));
    const store = await stores.bob.open(received.transfer, layout);
    const { first, count } = layout.chunksOf(entry);
    const parts = await Promise.all(Array.from({ length: count }, (_, index) => store.read(first + index)));
    expect(
      await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer().then((buffer) => new Uint8Array(buffer)),
    ).toEqual(bytes);
  }
  expect(outgoing.progress?.doneBytes).toBe(outgoing.summary.totalBytes);
});
