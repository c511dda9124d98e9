// Fetching what is cut into sets, of each of which so many chunks are enough, from many who have some of them each.
import { describe, expect, test } from 'vitest';
import { MemoryStores } from './stores/memory-store.ts';
import { type Holder, HoldersGround, sourceOf } from './testing/holders-ground.ts';
import { identified, part } from './testing/identified-bundle.ts';
import { memoryBundle } from './testing/memory-bundle.ts';
import { REST_MS } from './transfer/asking-pace.ts';
import { MOST_HEDGES } from './transfer/set-scheduler.ts';
import { LOOK_AHEAD_SETS } from './transfer/set-window.ts';
import { SILENT_AFTER_MS } from './transfer/source-watch.ts';

const CHUNK = 20_000;
const heldSets = ({ stores, sets }: HoldersGround) => {
  const { have } = stores.current!;
  return Array.from({ length: sets.count }, (_, set) => set).filter((set) => have.has(sets.chunksOf(set)[0]!)).length;
};

/** From now on it reads nothing, until it is released. */
function stuck(holder: Holder): { release: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  holder.gate = promise;
  return { release: resolve };
}

describe('sets', () => {
  test('are whole with so many chunks as are needed, from all who have some; all is held and everybody is content', async () => {
    const people = await HoldersGround.make({ columns: 12, count: 40, needed: 4 });
    const receiver = await people.fetch();
    const landed: number[] = [];
    receiver.events.on('landed', (chunk) => landed.push(chunk));
    await people.done(receiver);
    expect(receiver.held!.isFull).toBe(true);
    expect(landed.sort((a, b) => a - b)).toEqual(Array.from({ length: 480 }, (_, chunk) => chunk));
    expect(receiver.agreed!.isFull).toBe(true);
    expect(receiver.progress).toMatchObject({ totalBytes: 160 * CHUNK, doneBytes: 160 * CHUNK });
    expect(receiver.movedBytes).toBeLessThanOrEqual((160 + MOST_HEDGES) * CHUNK);
    for (const { movedBytes } of receiver.sources) expect(movedBytes).toBeGreaterThan(5 * CHUNK);
    expect(receiver.outcome?.status).toBe('done');
    await people.ground.clock.runUntil(() => people.holders.every(({ served }) => served[0]?.state.status === 'done'));
  });

  test('are asked for in order, and only so many are under way in the store', async () => {
    const people = await HoldersGround.make({ columns: 8, count: 30, needed: 3 });
    const receiver = await people.fetch();
    const order: number[] = [];
    receiver.events.on('landed', (chunk) => order.push(people.sets.setOf(chunk)));
    await people.done(receiver);
    for (const [at, set] of order.entries()) expect(set).toBeLessThanOrEqual(Math.floor(at / 8) + LOOK_AHEAD_SETS);
    expect(people.stores.current!.mostKept).toBeLessThanOrEqual((LOOK_AHEAD_SETS + 1) * (3 + MOST_HEDGES));
  });

  test('may be copies, and one may have several columns', async () => {
    const people = await HoldersGround.make({ columns: 4, count: 6, needed: 1 });
    const entries = [...people.holders[0]!.offered.manifest.entries, ...people.holders[2]!.offered.manifest.entries];
    const several = people.hold('several', part(people.bundle, [0, 1, 2, 3, 4, 5, 12, 13, 14, 15, 16, 17]));
    expect(several.offered.manifest.entries).toEqual(entries);
    const receiver = await people.fetch([people.holders[1]!, several]);
    await people.done(receiver);
    expect(receiver.held!.isFull).toBe(true);
    await people.ground.clock.runUntil(() => several.served[0]?.state.status === 'done');
  });

  test('of which too few chunks are there wait, say so, and go on with whoever comes', async () => {
    const people = await HoldersGround.make({ columns: 6, count: 10, needed: 4 });
    const receiver = await people.fetch(people.holders.slice(0, 3));
    await people.ground.clock.runUntil(() => receiver.isStarved);
    expect([receiver.state.status, heldSets(people), receiver.lostEntries]).toEqual(['fetching', 0, []]);
    expect(receiver.progress!.doneBytes).toBe((LOOK_AHEAD_SETS + 1) * 3 * CHUNK);
    people.bob.exchange.addSource(receiver, sourceOf('holder5'));
    await people.done(receiver);
    expect(receiver.movedBytes).toBeLessThanOrEqual((40 + MOST_HEDGES) * CHUNK);
  });

  test('go on when all but just enough are gone in the middle, wherever those are in the list', async () => {
    const people = await HoldersGround.make({ columns: 12, count: 30, needed: 4 });
    const receiver = await people.fetch(people.holders, { mostSources: 6 });
    await people.ground.clock.runUntil(() => heldSets(people) > 10);
    for (const { name } of people.holders.slice(0, 8)) people.ground.network.leave(name);
    await people.done(receiver);
    expect(receiver.held!.isFull).toBe(true);
  });

  test('do not wait for ever for connections that are of no use', async () => {
    const people = await HoldersGround.make({ columns: 4, count: 20, needed: 2 });
    const { clock } = people.ground;
    const [queued, ...able] = people.holders;
    let asked = 0;
    const mute = people.ground.join('mute');
    mute.exchange.events.on('asked', () => asked++);
    queued!.party.exchange.events.on('asked', () => queued!.served.at(-1)!.pause('queue'));
    const sources = [sourceOf('mute'), sourceOf(queued!.name)];
    const receiver = await people.fetch([], { sources, mostSources: 2 });
    await clock.runUntil(() => asked > 0 && queued!.served.length > 0);
    for (const { name } of able) people.bob.exchange.addSource(receiver, sourceOf(name));
    await people.done(receiver);
    expect(receiver.held!.isFull).toBe(true);
    expect(clock.now()).toBeLessThan(60_000);
  });

  test('keep their entries’ hashes unasked until their turn', async () => {
    const people = await HoldersGround.make({ columns: 3, count: 2, needed: 2 });
    // Groups of three columns of two chunks, one after the other.
    const bundle = await identified(memoryBundle(Array<number>(24).fill(1024 * 1024 + 10), 3));
    const sets = {
      count: 16,
      chunksOf: (set: number) => [0, 1, 2].map((column) => ((set >> 1) * 3 + column) * 2 + (set & 1)),
      setOf: (chunk: number) => Math.floor(chunk / 6) * 2 + (chunk & 1),
      neededOf: () => 2,
    };
    const server = people.hold('server', bundle);
    people.stores.sets = sets;
    const asked: number[] = [];
    const { chunkHashes } = bundle;
    Object.assign(server.offered, {
      chunkHashes: (entry: number) => {
        asked.push(entry);
        return chunkHashes!(entry);
      },
    });
    const receiver = await people.fetch([server], { manifest: bundle.manifest, sets });
    await people.ground.clock.runUntil(() => receiver.progress!.doneBytes > 0);
    expect(Math.max(...asked)).toBeLessThan(12);
    await people.done(receiver);
    expect(receiver.held!.isFull).toBe(true);
  });
});

describe('whatever happens', () => {
  test('a pause stops the asking, and what was kept counts afterwards', async () => {
    const people = await HoldersGround.make({ columns: 6, count: 30, needed: 3 });
    const receiver = await people.fetch();
    await people.ground.clock.runUntil(() => heldSets(people) > 5);
    receiver.pause();
    await people.ground.clock.runUntil(() => false, { orIdle: true }).catch(() => {});
    const { movedBytes } = receiver;
    expect(receiver.state.status).toBe('paused');
    receiver.resume();
    await people.done(receiver);
    expect(receiver.movedBytes).toBeGreaterThan(movedBytes);
    expect(receiver.movedBytes).toBeLessThanOrEqual((90 + MOST_HEDGES) * CHUNK);
  });

  test('after a reload only what was not whole is fetched again', async () => {
    const people = await HoldersGround.make({ columns: 6, count: 30, needed: 3 });
    const before = await people.fetch();
    await people.ground.clock.runUntil(() => heldSets(people) >= 12);
    const held = heldSets(people);
    const accepted = { chosen: before.chosen!, chosenRuns: before.chosenRuns };
    people.bob = people.ground.join('bob', new MemoryStores());
    const receiver = await people.fetch(people.holders, { transfer: before.transfer, accepted });
    expect(receiver.progress!.doneBytes).toBe(held * 3 * CHUNK);
    await people.done(receiver);
    expect(receiver.movedBytes).toBeLessThanOrEqual(((30 - held) * 3 + MOST_HEDGES) * CHUNK);
    await people.ground.clock.runUntil(() =>
      people.holders.every(({ served }) => served.at(-1)?.state.status === 'done'),
    );
  });

  test('who owes chunks and is silent is helped out for, left alone, and asked again later', async () => {
    const people = await HoldersGround.make({ columns: 5, count: 60, needed: 3 });
    const { clock } = people.ground;
    const [silent] = people.holders;
    const receiver = await people.fetch();
    await clock.runUntil(() => heldSets(people) > 3);
    const read = stuck(silent!);
    await people.ground.clock.runUntil(() => heldSets(people) > 6);
    await people.done(receiver);
    expect(clock.now()).toBeLessThan(SILENT_AFTER_MS);
    read.release();
    await clock.runUntil(() => silent!.served[0]!.state.status === 'done');
  });

  test('who stays silent is asked again after a rest', async () => {
    const people = await HoldersGround.make({ columns: 3, count: 60, needed: 3 });
    const { clock } = people.ground;
    const [silent] = people.holders;
    const receiver = await people.fetch();
    await clock.runUntil(() => heldSets(people) > 3);
    const read = stuck(silent!);
    const sinceMs = clock.now();
    await clock.runUntil(() => receiver.isStarved);
    expect(clock.now() - sinceMs).toBeGreaterThanOrEqual(SILENT_AFTER_MS);
    read.release();
    await people.done(receiver);
    expect(clock.now() - sinceMs).toBeGreaterThanOrEqual(SILENT_AFTER_MS + REST_MS);
  });

  test('damaged chunks are replaced by others, and whoever sends them is let go', async () => {
    const people = await HoldersGround.make({ columns: 6, count: 30, needed: 4 });
    const liar = people.holders[2]!;
    const other = memoryBundle(
      liar.offered.contents.map(({ length }) => length),
      77,
    );
    Object.assign(liar.offered, { choose: other.choose, contents: other.contents });
    const receiver = await people.fetch();
    await people.done(receiver);
    expect(receiver.held!.isFull).toBe(true);
  });

  test('chunks that do not fit together are told of, and others are tried', async () => {
    const people = await HoldersGround.make({ columns: 5, count: 8, needed: 3 });
    const receiver = await people.fetch();
    const rejected: number[] = [];
    receiver.events.on('rejected', ({ set }) => rejected.push(set));
    for (let set = 0; set < 8; set++) people.stores.current!.wrong.add(8 + set);
    await people.done(receiver);
    expect(rejected.length).toBeGreaterThan(0);
    expect(receiver.progress!.doneBytes).toBe(receiver.progress!.totalBytes);
  });

  test('when they never fit together it fails, and may be tried again', async () => {
    const people = await HoldersGround.make({ columns: 3, count: 2, needed: 3 });
    const receiver = await people.fetch();
    people.stores.current!.wrong.add(0);
    await people.ground.clock.runUntil(() => receiver.state.status === 'failed');
    expect(receiver.state).toMatchObject({ by: 'me', code: 'chunk-corrupt' });
    await receiver.retry();
    await people.done(receiver);
  });

  test('who waits in a queue when all is here is told that it is over', async () => {
    const people = await HoldersGround.make({ columns: 5, count: 60, needed: 3 });
    const [queued] = people.holders;
    const receiver = await people.fetch();
    await people.ground.clock.runUntil(() => heldSets(people) > 3);
    queued!.served[0]!.pause('queue');
    await people.done(receiver);
    await people.ground.clock.runUntil(() => queued!.served[0]!.state.status === 'cancelled');
    await people.ground.clock.runUntil(() =>
      people.holders.slice(1).every(({ served }) => served[0]!.state.status === 'done'),
    );
  });
});
