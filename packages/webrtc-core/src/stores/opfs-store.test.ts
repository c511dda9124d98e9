import { describe, expect, test, vi } from 'vitest';
import { CHUNK_BYTES } from '../content/chunk.ts';
import { CrashingDisk } from '../testing/crashing-disk.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { seededRandom } from '../testing/random.ts';
import { sizedLayout } from '../testing/sized-manifest.ts';
import { OpfsStore } from './opfs-store.ts';

const hash = new Uint8Array(32).fill(7);

function newStore(sizes: number[]) {
  const disk = new CrashingDisk(seededRandom(1));
  const clock = new ManualClock();
  const data = disk.open('data');
  const journal = disk.open('journal');
  const open = () => new OpfsStore(sizedLayout(sizes), data, journal, clock);
  const store = open();
  const write = (chunk: number) => store.write(chunk, new Uint8Array(sizes[chunk]!).fill(chunk), hash);
  return { clock, data, journal, store, write, open, flushes: vi.spyOn(data, 'flush') };
}

describe('what is written is flushed by itself', () => {
  test('half a second after the first write, and not again while nothing is written', async () => {
    const { clock, store, write, flushes, open } = newStore([1, 1, 1]);
    await write(0);
    clock.advance(300);
    await write(1);
    clock.advance(199);
    expect(flushes).not.toHaveBeenCalled();
    clock.advance(1);
    expect(flushes).toHaveBeenCalledTimes(1);
    expect(open().have.runs()).toEqual([{ first: 0, count: 2 }]);
    clock.advance(10_000);
    expect(flushes).toHaveBeenCalledTimes(1);
    await write(2);
    clock.advance(500);
    expect(flushes).toHaveBeenCalledTimes(2);
    await store.close();
  });

  test('by the next write when no timer has had its turn', async () => {
    const { clock, write, flushes } = newStore([1, 1]);
    vi.spyOn(clock, 'now').mockReturnValueOnce(0).mockReturnValue(500);
    await write(0);
    await write(1);
    expect(flushes).toHaveBeenCalledTimes(1);
  });

  test('after 8 MiB, unless that would be sooner than a quarter of a second after the first of them', async () => {
    const { clock, write, data, flushes } = newStore(new Array(21).fill(CHUNK_BYTES));
    vi.spyOn(data, 'write').mockReturnValue(CHUNK_BYTES);
    for (let chunk = 0; chunk < 12; chunk++) await write(chunk);
    expect(flushes).not.toHaveBeenCalled();
    clock.advance(250);
    await write(12);
    expect(flushes).toHaveBeenCalledTimes(1);
    for (let chunk = 13; chunk < 20; chunk++) {
      clock.advance(40);
      await write(chunk);
    }
    expect(flushes).toHaveBeenCalledTimes(1);
    await write(20);
    expect(flushes).toHaveBeenCalledTimes(2);
  });

  test.each(['flush', 'close'] as const)('%s leaves no timer behind', async (method) => {
    const { clock, store, write } = newStore([1]);
    await write(0);
    expect(clock.pendingCount).toBe(1);
    await store[method]();
    expect(clock.pendingCount).toBe(0);
  });
});

describe('when a flush that nobody waited for fails', () => {
  test.each(['flush', 'close'] as const)('the next %s says so, and nothing is claimed', async (method) => {
    const { clock, store, write, data, open } = newStore([1]);
    vi.spyOn(data, 'flush').mockImplementationOnce(() => {
      throw new DOMException('', 'InvalidStateError');
    });
    await write(0);
    clock.advance(500);
    await clock.settle();
    await expect(store[method]()).rejects.toMatchObject({ code: 'store-failed' });
    expect(open().have.count).toBe(0);
    expect(clock.pendingCount).toBe(0);
  });

  test('the next write says so, and its chunk is not held', async () => {
    const { clock, store, write, journal } = newStore([1, 1]);
    vi.spyOn(journal, 'write').mockImplementation(() => {
      throw new DOMException('', 'QuotaExceededError');
    });
    await write(0);
    clock.advance(500);
    await clock.settle();
    await expect(write(1)).rejects.toMatchObject({ code: 'store-full' });
    expect([store.have.has(0), store.have.has(1)]).toEqual([true, false]);
    // There is room again.
    vi.mocked(journal.write).mockRestore();
    await write(1);
    await store.close();
  });
});

test('a chunk that does not fit is not held', async () => {
  const { store, write, data } = newStore([10, 10]);
  vi.spyOn(data, 'write').mockReturnValueOnce(5);
  await expect(write(0)).rejects.toMatchObject({ code: 'store-full' });
  await write(1);
  expect(store.have.runs()).toEqual([{ first: 1, count: 1 }]);
});

test('chunks beyond the end of the data file are not held, whatever the journal says, and stay so', async () => {
  const { store, write, data, open } = newStore([10, 10, 10]);
  for (const chunk of [0, 1, 2]) await write(chunk);
  await store.flush();
  data.truncate(19);
  expect(open().have.runs()).toEqual([{ first: 0, count: 1 }]);
  // The file has its length back, and a hole.
  await open().write(2, new Uint8Array(10), hash);
  expect(open().have.has(1)).toBe(false);
});
