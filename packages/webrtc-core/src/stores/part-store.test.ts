import { describe, expect, test } from 'vitest';
import { Bitfield } from '../content/bitfield.ts';
import { indexesOf } from '../content/run.ts';
import { CrashingDisk } from '../testing/crashing-disk.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { type FolderCall, MemoryFolder } from '../testing/memory-folder.ts';
import { seededRandom } from '../testing/random.ts';
import { sizedLayout } from '../testing/sized-manifest.ts';
import { ChunkJournal } from './opfs-journal.ts';
import { PartLayout } from './part-layout.ts';
import { PartStore } from './part-store.ts';

const CHUNKS = 12;
/** Three chunks a part, ten bytes each. */
const LAYOUT = new PartLayout(sizedLayout(new Array(CHUNKS).fill(10)), 30);

class Ground {
  readonly clock = new ManualClock();
  readonly disk = new CrashingDisk(seededRandom(1));
  readonly folder = new MemoryFolder(this.disk);
  store!: PartStore;

  async open(elsewhere?: Bitfield): Promise<PartStore> {
    const journal = new ChunkJournal(this.disk.open('journal'), CHUNKS);
    const { folder, clock } = this;
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
