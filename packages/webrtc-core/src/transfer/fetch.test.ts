import { describe, expect, test } from 'vitest';
import { CHUNK_BYTES } from '../content/chunk.ts';
import type { ChunkSets } from '../content/chunk-sets.ts';
import { bundleRoot } from '../content/content-id.ts';
import { hashChunk } from '../content/hash.ts';
import { indexesOf } from '../content/run.ts';
import type { ChunkStore } from '../content/store.ts';
import { ContentError } from '../errors.ts';
import { MemoryStore } from '../stores/memory-store.ts';
import { columnSets } from '../testing/column-sets.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { RecordingLink } from '../testing/recording-link.ts';
import { SetStore } from '../testing/set-store.ts';
import { sizedLayout, sizedManifest } from '../testing/sized-manifest.ts';
import type { ChunkMessage } from '../wire/pull-message.ts';
import { Fetch } from './fetch.ts';
import { LOOK_AHEAD_SETS } from './set-window.ts';

const transfer = '01234567-89ab-4cde-8f01-23456789abcd';
const BYTES = new Uint8Array(CHUNK_BYTES);

function setUp(sizes: number[], options: { store?: ChunkStore; sets?: ChunkSets; contentId?: Uint8Array } = {}) {
  const layout = sizedLayout(sizes);
  const clock = new ManualClock();
  const store = options.store ?? new MemoryStore(layout);
  const { contentId } = options;
  const chosen = {
    entries: sizedManifest(sizes).entries.map((entry) => (contentId ? { ...entry, contentId } : entry)),
  };
  const chosenRuns = [{ first: 0, count: sizes.length }];
  const fetch = new Fetch({ transfer, chosen, chosenRuns, layout, store, clock, sets: options.sets });
  const happened: string[] = [];
  for (const name of ['held', 'agreed', 'bad-source'] as const) fetch.events.on(name, () => happened.push(name));
  fetch.events.on('error', ({ code }) => happened.push(code));
  const source = new RecordingLink();
  /** The right bytes and hash of a chunk, changed as the test wants. */
  const chunk = async (index: number, change: Partial<ChunkMessage> = {}): Promise<ChunkMessage> => {
    const bytes = BYTES.subarray(0, layout.lengthOf(index))
      .slice()
      .fill(index + 1);
    return { type: 'chunk', transfer, index, hash: await hashChunk(bytes), bytes, ...change };
  };
  const asked = () => source.take('request').flatMap(({ chunks }) => [...indexesOf(chunks)]);
  return { layout, clock, store, fetch, happened, source, chunk, asked };
}

describe('asking', () => {
  test('what is missing, and nothing that is held', async () => {
    const store = new MemoryStore(sizedLayout([1, 1, 1]));
    await store.write(1, new Uint8Array(1), new Uint8Array(32));
    const { fetch, source, asked } = setUp([1, 1, 1], { store });
    fetch.tellHeld(source.link);
    expect(source.take()).toEqual([{ type: 'have', transfer, chunks: [{ first: 1, count: 1 }] }]);
    fetch.addSource('a', source.link);
    expect(asked()).toEqual([0, 2]);
  });

  test('more as chunks land', async () => {
    const { fetch, source, asked, chunk } = setUp([10 * CHUNK_BYTES]);
    fetch.addSource('a', source.link);
    expect(asked()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    await fetch.take('a', await chunk(2));
    expect(asked()).toEqual([8]);
  });

  test('the other source, once one is gone', async () => {
    const { fetch, source, asked } = setUp([10 * CHUNK_BYTES]);
    fetch.addSource('b', new RecordingLink().link);
    fetch.addSource('a', source.link);
    expect(asked()).toEqual([8, 9]);
    fetch.removeSource('b');
    expect(asked()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('nobody while pau; what still arrives is kept and not asked for again', async () => {
    const { fetch, source, asked, chunk, store } = setUp([10 * CHUNK_BYTES]);
    fetch.addSource('a', source.link);
    asked();
    fetch.pause();
    await fetch.take('a', await chunk(0));
    expect([store.have.has(0), asked()]).toEqual([true, []]);
    fetch.addSource('a', source.link);
    expect(asked()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test('a link that breaks while everything asked for is being verified costs nothing and blocks nothing', async () => {
    const { fetch, source, asked, chunk, store } = setUp([16 * CHUNK_BYTES]);
    fetch.addSource('a', source.link);
    const landing = asked().map(async (index) => fetch.take('a', await chunk(index)));
    fetch.removeSource('a');
    await Promise.all(landing);
    expect(store.have.count).toBe(8);
    fetch.addSource('a', source.link);
    expect(asked()).toEqual([8, 9, 10, 11, 12, 13, 14, 15]);
  });
});

describe('taking', () => {
  test('a chunk whose hash is right is stored with it', async () => {
    const { fetch, source, store, chunk, happened } = setUp([5, 5]);
    fetch.addSource('a', source.link);
    const message = await chunk(1);
    await fetch.take('a', message);
    expect([store.have.has(0), store.have.has(1)]).toEqual([false, true]);
    expect(await store.read(1)).toEqual(message.bytes);
    expect(store.hashOf(1)).toEqual(message.hash);
    expect(fetch.progress.doneBytes).toBe(5);
    expect(happened).toEqual([]);
  });

  test('one whose hash is wrong is still missing and asked for again', async () => {
    const { fetch, source, store, chunk, asked, happened } = setUp([5]);
    fetch.addSource('a', source.link);
    asked();
    await fetch.take('a', await chunk(0, { hash: new Uint8Array(32) }));
    expect([store.have.has(0), fetch.progress.doneBytes, asked(), happened]).toEqual([false, 0, [0], []]);
  });

  test('whose chunk it is, is said before it is held, and not of one that is wrong', async () => {
    const { fetch, source, chunk, store } = setUp([2 * CHUNK_BYTES]);
    const said: [string, number][] = [];
    fetch.events.on('verified', ({ peerId }) => said.push([peerId, store.have.count]));
    fetch.addSource('a', source.link);
    fetch.addSource('b', new RecordingLink().link);
    await fetch.take('b', await chunk(0, { hash: new Uint8Array(32) }));
    expect(said).toEqual([]);
    await fetch.take('b', await chunk(1));
    await fetch.take('a', await chunk(1));
    await fetch.take('a', await chunk(0));
    expect(said).toEqual([
      ['b', 0],
      ['a', 1],
    ]);
  });

  test('a source of three bad chunks is named', async () => {
    const { fetch, source, chunk, happened } = setUp([5]);
    fetch.addSource('a', source.link);
    for (let count = 0; count < 3; count++) await fetch.take('a', await chunk(0, { hash: new Uint8Array(32) }));
    expect(happened).toEqual(['bad-source']);
  });

  test('also when it was added anew each time, or is gone by the time that a chunk arrives', async () => {
    const { fetch, source, chunk, happened } = setUp([5]);
    fetch.addSource('a', source.link);
    await fetch.take('a', await chunk(0, { hash: new Uint8Array(32) }));
    fetch.removeSource('a');
    await fetch.take('a', await chunk(0, { hash: new Uint8Array(32) }));
    fetch.addSource('a', source.link);
    expect(happened).toEqual([]);
    await fetch.take('a', await chunk(0, { hash: new Uint8Array(32) }));
    expect(happened).toEqual(['bad-source']);
  });

  test('nobody is blamed for what arrives before the hashes that it must have are known', async () => {
    const { fetch, source, chunk, happened, store } = setUp([2 * CHUNK_BYTES], { contentId: new Uint8Array(32) });
    const damaged: number[] = [];
    fetch.events.on('damaged', (damage) => damaged.push(damage.chunk));
    fetch.addSource('a', source.link);
    for (let count = 0; count < 3; count++) await fetch.take('a', await chunk(1));
    expect([damaged, happened, store.have.count]).toEqual([[], [], 0]);
  });

  test('what cannot be part of the bundle is against the protocol', async () => {
    const { fetch, chunk } = setUp([5]);
    const message = await chunk(0);
    for (const change of [{ index: 1 }, { bytes: new Uint8Array(4) }, { bytes: new Uint8Array(6) }]) {
      await expect(fetch.take('a', { ...message, ...change })).rejects.toMatchObject({ code: 'message-malformed' });
    }
  });

  test('the same chunk twice is held once and counted once', async () => {
    const { fetch, source, chunk } = setUp([5, 5]);
    fetch.addSource('a', source.link);
    const message = await chunk(0);
    await Promise.all([fetch.take('a', message), fetch.take('a', message)]);
    await fetch.take('a', message);
    expect(fetch.progress.doneBytes).toBe(5);
  });

  test('a copy that was dropped because a bad one was being verified is asked for again', async () => {
    const { fetch, chunk } = setUp([5]);
    const [a, b] = [new RecordingLink(), new RecordingLink()];
    const askedOf = (source: RecordingLink) => source.take('request').flatMap(({ chunks }) => [...indexesOf(chunks)]);
    fetch.addSource('a', a.link);
    fetch.addSource('b', b.link);
    expect([askedOf(a), askedOf(b)]).toEqual([[0], [0]]);
    const good = await chunk(0);
    await Promise.all([fetch.take('a', { ...good, hash: new Uint8Array(32) }), fetch.take('b', good)]);
    expect(askedOf(b)).toEqual([0]);
    await fetch.take('b', good);
    expect(fetch.completion.allWhole).toBe(true);
  });

  test('more at once than anybody asked for is an attack on memory', async () => {
    const { fetch, chunk } = setUp([40 * CHUNK_BYTES]);
    const message = await chunk(0);
    const taken = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => fetch.take('a', { ...message, index })),
    );
    const refu = taken.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(refu.length).toBeGreaterThan(0);
    for (const { reason } of refu) expect(reason).toMatchObject({ code: 'limit-exceeded' });
    // What comes one after another is no attack.
    await fetch.take('a', await chunk(39));
  });

  test.each([
    [ContentError.storeFull(), 'store-full'],
    [new Error('disk on fire'), 'store-failed'],
  ])('a store that fails with "%s" is an error, and the chunk is asked for when it goes on', async (error, code) => {
    const store = new MemoryStore(sizedLayout([5]));
    store.write = () => Promise.reject(error);
    const { fetch, source, chunk, asked, happened } = setUp([5], { store });
    fetch.addSource('a', source.link);
    await fetch.take('a', await chunk(0));
    expect(happened).toEqual([code]);
    source.take();
    fetch.pause();
    fetch.addSource('a', source.link);
    expect(asked()).toEqual([0]);
  });
});

describe('in sets', () => {
  function inSets() {
    const sets = columnSets({ columns: 3, count: 20, needed: 2 });
    const sizes = Array<number>(60).fill(5);
    const store = new SetStore(sets, sizedLayout(sizes));
    return { ...setUp(sizes, { store, sets }), store };
  }

  test('what nobody asks for before its turn is not kept, whoever sends it', async () => {
    const { fetch, source, chunk, store } = inSets();
    fetch.addSource('a', source.link);
    for (let set = LOOK_AHEAD_SETS + 1; set < 20; set++) await fetch.take('a', await chunk(set));
    expect([store.mostKept, fetch.progress.doneBytes]).toEqual([0, 0]);
    await fetch.take('a', await chunk(LOOK_AHEAD_SETS));
    expect([store.mostKept, fetch.progress.doneBytes]).toEqual([1, 5]);
  });

  test('what was asked for before a pause is kept', async () => {
    const { fetch, source, chunk, store } = inSets();
    fetch.addSource('a', source.link);
    fetch.pause();
    await fetch.take('a', await chunk(0));
    expect(store.mostKept).toBe(1);
  });
});

describe('reporting', () => {
  const haves = (source: RecordingLink) => source.take('have').map(({ chunks }) => [...indexesOf(chunks)]);

  test('what is held is told a few times a second, not chunk by chunk', async () => {
    const { fetch, source, chunk, clock } = setUp([5, 5, 5, 5]);
    fetch.addSource('a', source.link);
    for (const index of [2, 0, 1]) await fetch.take('a', await chunk(index));
    expect(haves(source)).toEqual([]);
    clock.advance(200);
    expect(haves(source)).toEqual([[0, 1, 2]]);
  });

  test('the end is told at once, with the root over whole entries, in as few messages as can be', async () => {
    const { fetch, source, chunk, layout, store, happened } = setUp([5, 0, 5]);
    fetch.addSource('a', source.link);
    for (const index of [0, 1]) await fetch.take('a', await chunk(index));
    const root = bundleRoot(layout, { first: 0, count: 3 }, (index) => store.hashOf(index))!;
    expect(source.take('complete')).toEqual([{ type: 'complete', transfer, firstEntry: 0, entryCount: 3, root }]);
    expect(happened).toEqual(['held']);
  });

  test('entries that are whole are told before the rest, and what was not answered is told again on a new link', async () => {
    const { fetch, source, chunk, clock } = setUp([5, 5, 5]);
    const told = () => source.take('complete').map(({ firstEntry, entryCount }) => [firstEntry, entryCount]);
    fetch.addSource('a', source.link);
    await fetch.take('a', await chunk(1));
    clock.advance(200);
    expect(told()).toEqual([[1, 1]]);
    await fetch.take('a', await chunk(0));
    clock.advance(200);
    expect(told()).toEqual([[0, 1]]);
    fetch.addSource('a', source.link);
    clock.advance(200);
    expect(told()).toEqual([[0, 2]]);
  });

  test('more runs than fit a message are told in several', async () => {
    const layout = sizedLayout(new Array(10_000).fill(1));
    const store = new MemoryStore(layout);
    for (let chunk = 0; chunk < 10_000; chunk += 2) await store.write(chunk, new Uint8Array(1), new Uint8Array(32));
    const { fetch, source } = setUp(new Array(10_000).fill(1), { store });
    fetch.tellHeld(source.link);
    expect(source.take('have').map(({ chunks }) => chunks.length)).toEqual([4096, 904]);
  });
});

describe('agreeing', () => {
  async function held(sizes: number[]) {
    const context = setUp(sizes);
    context.fetch.addSource('a', context.source.link);
    for (let index = 0; index < context.layout.chunkCount; index++) {
      await context.fetch.take('a', await context.chunk(index));
    }
    return { ...context, said: context.source.take('complete')[0]! };
  }

  test('on everything is the end', async () => {
    const { fetch, said, happened } = await held([5, 5]);
    fetch.agree('a', said);
    expect([fetch.completion.allAgreed, happened]).toEqual([true, ['held', 'agreed']]);
  });

  test('on some is not yet', async () => {
    const { fetch, layout, store, happened } = await held([5, 5]);
    const root = bundleRoot(layout, { first: 1, count: 1 }, (index) => store.hashOf(index))!;
    fetch.agree('a', { type: 'complete', transfer, firstEntry: 1, entryCount: 1, root });
    expect([fetch.completion.agreed.has(0), fetch.completion.agreed.has(1), happened]).toEqual([false, true, ['held']]);
  });

  test('another root is an error, not an agreement', async () => {
    const { fetch, said, happened } = await held([5]);
    fetch.agree('a', { ...said, root: new Uint8Array(32) });
    expect([fetch.completion.allAgreed, happened]).toEqual([false, ['held', 'chunk-corrupt']]);
  });

  test('on what is not whole, on nothing, or beyond the end is against the protocol', async () => {
    const { fetch, source, chunk } = setUp([5, 5]);
    fetch.addSource('a', source.link);
    await fetch.take('a', await chunk(0));
    for (const [firstEntry, entryCount] of [
      [1, 1],
      [0, 2],
      [0, 3],
      [2, 1],
      [0, 0],
    ] as const) {
      const message = { type: 'complete', transfer, firstEntry, entryCount, root: new Uint8Array(32) } as const;
      expect(() => fetch.agree('a', message)).toThrow(expect.objectContaining({ code: 'message-unexpected' }));
    }
  });
});

test('a clo one takes nothing more and leaves no timer', async () => {
  const { fetch, source, chunk, clock, store } = setUp([5, 5, 5]);
  fetch.addSource('a', source.link);
  await fetch.take('a', await chunk(0));
  const late = fetch.take('a', await chunk(1));
  await fetch.close();
  await late;
  await fetch.take('a', await chunk(2));
  expect([store.have.count, clock.pendingCount]).toEqual([1, 0]);
});
