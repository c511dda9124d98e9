import { describe, expect, test, vi } from 'vitest';
import { Bitfield } from '../content/bitfield.ts';
import { indexesOf } from '../content/run.ts';
import { CrashingDisk } from '../testing/crashing-disk.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { type FolderCall, MemoryFolder } from '../testing/memory-folder.ts';
import { seededRandom } from '../testing/random.ts';
import { sizedLayout } from '../testing/sized-manifest.ts';
import { ChunkJournal } from './opfs-journal.ts';
import { PartLayout, partName } from './part-layout.ts';
import { PartStore } from './part-store.ts';

const CHUNKS = 12;
/** Three chunks a part, ten bytes each. */
const LAYOUT = new PartLayout(sizedLayout(new Array(CHUNKS).fill(10)), 30);

class Ground {
  readonly clock = new ManualClock();
  readonly disk = new CrashingDisk(seededRandom(1));
  readonly folder = new MemoryFolder(this.disk);
  store!: PartStore;
  journal!: ChunkJournal;

  async open(elsewhere?: Bitfield): Promise<PartStore> {
    const journal = new ChunkJournal(this.disk.open('journal'), CHUNKS);
    const { folder, clock } = this;
    this.journal = journal;
    this.store = await PartStore.open({ folder: folder.handle, journal, layout: LAYOUT, elsewhere, clock });
    return this.store;
  }

  async write(...chunks: number[]): Promise<void> {
    for (const chunk of chunks) await this.store.write(chunk, bytesOf(chunk), hashOf(chunk));
  }

  /** What another store would find now. */
  async held(): Promise<number[]> {
    const journal = new ChunkJournal(this.disk.open('journal'), CHUNKS);
    const { folder, clock } = this;
    const found = await PartStore.open({ folder: folder.handle, journal, layout: LAYOUT, elsewhere: undefined, clock });
    for (const chunk of chunksIn(found)) {
      expect(await found.read(chunk)).toEqual(bytesOf(chunk));
      expect(found.hashOf(chunk)).toEqual(hashOf(chunk));
    }
    return chunksIn(found);
  }

  /** The next call of this kind rejects. */
  failNext(call: FolderCall, name: string): void {
    this.folder.ground.fail = (made) => {
      if (made !== call) return;
      this.folder.ground.fail = () => {};
      throw new DOMException('', name);
    };
  }
}

const bytesOf = (chunk: number) => new Uint8Array(10).fill(chunk + 1);
const hashOf = (chunk: number) => new Uint8Array(32).fill(chunk + 1);
const chunksIn = (store: PartStore) => [...indexesOf(store.have.runs())];

async function opened(elsewhere?: Bitfield): Promise<Ground> {
  const ground = new Ground();
  await ground.open(elsewhere);
  return ground;
}

describe('a part is closed, and its chunks are durable', () => {
  test('when it is whole', async () => {
    const ground = await opened();
    await ground.write(0, 2);
    expect(await ground.held()).toEqual([]);
    await ground.write(1);
    expect(await ground.held()).toEqual([0, 1, 2]);
    expect(ground.folder.ground.openWritables).toBe(0);
    expect(ground.clock.pendingCount).toBe(0);
  });

  test('when what it lacks is held elsewhere', async () => {
    const elsewhere = new Bitfield(CHUNKS);
    elsewhere.set(1);
    const ground = await opened(elsewhere);
    expect(chunksIn(ground.store)).toEqual([1]);
    await ground.write(0, 2);
    expect(chunksIn(ground.store)).toEqual([0, 1, 2]);
    expect(await ground.held()).toEqual([0, 2]);
  });

  test('two seconds after the last write to it', async () => {
    const ground = await opened();
    await ground.write(0);
    ground.clock.advance(1500);
    await ground.write(1);
    ground.clock.advance(1999);
    await ground.clock.settle();
    expect(await ground.held()).toEqual([]);
    ground.clock.advance(1);
    await ground.clock.settle();
    expect(await ground.held()).toEqual([0, 1]);
  });

  test('when a third one is needed: the one written first goes', async () => {
    const ground = await opened();
    await ground.write(0, 3, 1, 6);
    expect(ground.folder.ground.openWritables).toBe(2);
    expect(await ground.held()).toEqual([3]);
  });

  test('when one of its chunks is read', async () => {
    const ground = await opened();
    await ground.write(0, 3);
    expect(await ground.store.read(0)).toEqual(bytesOf(0));
    expect(await ground.held()).toEqual([0]);
  });

  test.each(['flush', 'close'] as const)('on %s, of all of them', async (method) => {
    const ground = await opened();
    await ground.write(0, 4);
    await ground.store[method]();
    expect(await ground.held()).toEqual([0, 4]);
    expect(ground.clock.pendingCount).toBe(0);
  });
});

test('chunks are held as soon as they are written, with their hashes', async () => {
  const ground = await opened();
  await ground.write(4);
  expect(chunksIn(ground.store)).toEqual([4]);
  expect(ground.store.hashOf(4)).toEqual(hashOf(4));
  expect(ground.store.hashOf(5)).toBeUndefined();
});

test('a chunk that is written again does not make its part whole', async () => {
  const ground = await opened();
  await ground.write(0, 0, 0, 1);
  expect(await ground.held()).toEqual([]);
});

test('calls that do not wait for each other open a part once', async () => {
  const ground = await opened();
  await Promise.all([ground.write(0), ground.write(1), ground.store.read(0).catch(() => {}), ground.write(3)]);
  expect(ground.folder.ground.openWritables).toBeLessThanOrEqual(2);
  await Promise.all([ground.write(2), ground.store.flush(), ground.write(4), ground.store.close()]);
  expect(await ground.held()).toEqual([0, 1, 2, 3, 4]);
  expect(ground.folder.ground.openWritables).toBe(0);
});

test('a part that was closed meanwhile is not closed for being idle', async () => {
  const ground = await opened();
  await ground.write(0);
  const flushed = ground.store.flush();
  ground.clock.advance(2000);
  await flushed;
  await ground.write(1);
  await ground.store.close();
  expect(await ground.held()).toEqual([0, 1]);
});

test('closing lets go of the journal', async () => {
  const ground = await opened();
  const closed = vi.spyOn(ground.journal, 'close');
  await ground.store.close();
  await ground.store.close();
  expect(closed).toHaveBeenCalledTimes(1);
});

describe('what somebody deleted is not held', () => {
  test.each([
    ['gone', null, [3, 4, 5]],
    ['cut in its second chunk', 19, [0, 3, 4, 5]],
  ])('a part that is %s', async (_, leftBytes, left) => {
    const ground = await opened();
    await ground.write(0, 1, 2, 3, 4, 5);
    await ground.store.close();
    const name = partName(0);
    const part = await ground.folder.getFileHandle(name);
    if (leftBytes === null) await ground.folder.removeEntry(name);
    else part.bytes = part.bytes.slice(0, leftBytes);
    await ground.open();
    expect(chunksIn(ground.store)).toEqual(left);
    // The part has its length again, and a hole.
    await ground.write(2);
    await ground.store.close();
    expect(await ground.held()).toEqual([...left, 2].sort());
  });

  test('one that vanishes while it is in use cannot be read', async () => {
    const ground = await opened();
    await ground.write(0, 1, 2);
    await ground.folder.removeEntry(partName(0));
    await expect(ground.store.read(1)).rejects.toMatchObject({ code: 'store-failed' });
  });
});

test('what a killed browser left of a part is deleted, other files are not', async () => {
  const ground = new Ground();
  const theirs = ['part-0001', 'notes.crswap', 'part-0001.txt'];
  for (const name of [...theirs, 'part-0001.crswap', 'part-0001.2.crswap']) {
    await ground.folder.getFileHandle(name, { create: true });
  }
  await ground.open();
  expect([...ground.folder.entriesByName.keys()]).toEqual(theirs);
});

test('a part that is opened again keeps what it had', async () => {
  const ground = await opened();
  await ground.write(1);
  await ground.store.flush();
  await ground.write(0);
  await ground.store.flush();
  expect(await ground.held()).toEqual([0, 1]);
});

describe('when something fails', () => {
  test.each<[FolderCall, string, string]>([
    ['write', 'QuotaExceededError', 'store-full'],
    ['close', 'QuotaExceededError', 'store-full'],
    ['createWritable', 'NotAllowedError', 'store-failed'],
    ['createWritable', 'NotFoundError', 'store-failed'],
    ['getFileHandle', 'NotFoundError', 'store-failed'],
    ['write', 'InvalidStateError', 'store-failed'],
  ])('%s with %s is %s, with its cause, and it goes on when that is over', async (call, name, code) => {
    const ground = await opened();
    await ground.write(3);
    ground.failNext(call, name);
    await expect(ground.write(0, 1, 2)).rejects.toMatchObject({ code, cause: { name } });
    expect(chunksIn(ground.store)).toEqual([3]);
    expect(ground.folder.ground.openWritables).toBe(1);
    await ground.write(0, 1, 2);
    await ground.store.close();
    expect(await ground.held()).toEqual([0, 1, 2, 3]);
  });

  test('a part that cannot be closed takes what was written since it was opened, and no more', async () => {
    const ground = await opened();
    await ground.write(0);
    await ground.store.flush();
    await ground.write(1);
    ground.failNext('close', 'QuotaExceededError');
    await expect(ground.store.flush()).rejects.toMatchObject({ code: 'store-full' });
    expect(chunksIn(ground.store)).toEqual([0]);
    expect(ground.store.hashOf(1)).toBeUndefined();
    expect(await ground.held()).toEqual([0]);
  });

  test('a chunk that was durable before stays held', async () => {
    const ground = await opened();
    await ground.write(0);
    await ground.store.flush();
    await ground.write(0);
    ground.failNext('write', 'QuotaExceededError');
    await expect(ground.write(1)).rejects.toMatchObject({ code: 'store-full' });
    expect(chunksIn(ground.store)).toEqual([0]);
    expect(await ground.held()).toEqual([0]);
  });

  test.each(['write', 'flush', 'close'] as const)(
    'while nobody waits for it, the next %s tells, once',
    async (method) => {
      const ground = await opened();
      await ground.write(0);
      ground.failNext('close', 'QuotaExceededError');
      ground.clock.advance(2000);
      await ground.clock.settle();
      expect(chunksIn(ground.store)).toEqual([]);
      const next = () => (method === 'write' ? ground.write(0) : ground.store[method]());
      await expect(next()).rejects.toMatchObject({ code: 'store-full' });
      await next();
      expect(chunksIn(ground.store)).toEqual(method === 'write' ? [0] : []);
    },
  );

  test('one part that cannot be closed does not keep the other open', async () => {
    const ground = await opened();
    await ground.write(0, 3);
    ground.failNext('close', 'QuotaExceededError');
    await expect(ground.store.close()).rejects.toMatchObject({ code: 'store-full' });
    expect(await ground.held()).toEqual([3]);
    expect(ground.folder.ground.openWritables).toBe(0);
  });

  test('nothing is written after closing', async () => {
    const ground = await opened();
    await ground.store.close();
    await expect(ground.write(0)).rejects.toMatchObject({ code: 'store-failed' });
    expect(ground.folder.ground.openWritables).toBe(0);
  });
});
