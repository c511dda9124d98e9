import { expect, test } from 'vitest';
import { CrashingDisk } from '../testing/crashing-disk.ts';
import { seededRandom } from '../testing/random.ts';
import { ChunkJournal } from './opfs-journal.ts';
import type { SyncAccessHandle } from './sync-access-handle.ts';

const CHUNKS = 11;
/** Two bytes of bits, then the hashes. */
const FULL_BYTES = 2 + CHUNKS * 32;

const hash = (seed: number) => new Uint8Array(32).fill(seed);
const newDisk = (seed = 1) => new CrashingDisk(seededRandom(seed));
const open = (disk: CrashingDisk) => new ChunkJournal(disk.open('journal'), CHUNKS);
const claims = (journal: ChunkJournal) => journal.have.runs();

function fileWith(disk: CrashingDisk, bytes: Uint8Array<ArrayBuffer>): void {
  const file = disk.open('journal');
  file.write(bytes, { at: 0 });
  file.flush();
}

test('what was noted is known at once and on disk after a flush', () => {
  const disk = newDisk();
  const journal = open(disk);
  for (const chunk of [10, 3, 4]) journal.note(chunk, hash(chunk));
  expect(journal.hashOf(4)).toEqual(hash(4));
  expect(claims(open(disk))).toEqual([]);
  journal.flush();
  const again = open(disk);
  expect(claims(again)).toEqual([
    { first: 3, count: 2 },
    { first: 10, count: 1 },
  ]);
  expect([3, 4, 10, 5].map((chunk) => again.hashOf(chunk))).toEqual([hash(3), hash(4), hash(10), undefined]);
});

test('closing claims nothing that was not flushed', () => {
  const disk = newDisk();
  const journal = open(disk);
  journal.note(1, hash(1));
  journal.close();
  expect(claims(open(disk))).toEqual([]);
});

test('what is forgotten is not claimed, now and later', () => {
  const disk = newDisk();
  const journal = open(disk);
  for (const chunk of [1, 2, 3]) journal.note(chunk, hash(chunk));
  journal.flush();
  journal.note(4, hash(4));
  journal.forget([2, 4]);
  journal.flush();
  expect(journal.hashOf(2)).toBeUndefined();
  const [first, second] = [
    { first: 1, count: 1 },
    { first: 3, count: 1 },
  ];
  expect(claims(journal)).toEqual([first, second]);
  expect(claims(open(disk))).toEqual([first, second]);
});

test('all its room is taken when it is opened', () => {
  const disk = newDisk();
  const file = disk.open('journal');
  const journal = new ChunkJournal(file, CHUNKS);
  expect(file.getSize()).toBe(FULL_BYTES);
  for (let chunk = 0; chunk < CHUNKS; chunk++) journal.note(chunk, hash(chunk));
  journal.flush();
  expect(file.getSize()).toBe(FULL_BYTES);
});

test.each<[string, (file: SyncAccessHandle) => Partial<SyncAccessHandle>]>([
  ['writes less', (file) => ({ write: (buffer, at) => file.write(buffer.subarray(0, 100), at) })],
  ['refuses', () => ({ write: () => throwQuotaExceeded() })],
])('without room for it the store is full, and what it took is given back: a disk that %s', (_, full) => {
  const file = newDisk().open('journal');
  expect(() => new ChunkJournal({ ...file, ...full(file) }, CHUNKS)).toThrow(
    expect.objectContaining({ code: 'store-full' }),
  );
  expect(file.getSize()).toBe(0);
});

test.each([1, 2, FULL_BYTES - 1, FULL_BYTES + 1, 3 * FULL_BYTES])(
  'a file of %i bytes is no journal of this bundle: it claims nothing and becomes one',
  (sizeBytes) => {
    const disk = newDisk();
    fileWith(disk, new Uint8Array(sizeBytes).fill(0xff));
    const journal = open(disk);
    expect(claims(journal)).toEqual([]);
    journal.note(7, hash(7));
    journal.flush();
    expect(claims(open(disk))).toEqual([{ first: 7, count: 1 }]);
  },
);

test('bits beyond the last chunk mean nothing', () => {
  const disk = newDisk();
  fileWith(disk, new Uint8Array(FULL_BYTES).fill(0xff));
  const journal = open(disk);
  expect([journal.have.count, journal.have.isFull]).toEqual([CHUNKS, true]);
  expect(journal.hashOf(CHUNKS)).toBeUndefined();
});

test('a crash while it takes its room, in the place of another journal, leaves nothing that claims', () => {
  for (let seed = 0; seed < 500; seed++) {
    const disk = newDisk(seed);
    // Long enough for several sectors, of which any may be lost.
    const chunks = 60;
    fileWith(disk, new Uint8Array(1 + seed).fill(0xff));
    disk.crashAfter(seed % 4);
    expect(() => new ChunkJournal(disk.open('journal'), chunks)).toThrow();
    disk.restart();
    expect(claims(new ChunkJournal(disk.open('journal'), chunks)), `seed ${seed}`).toEqual([]);
  }
});

test('a chunk noted with another hash is never claimed with a mixture of both', () => {
  for (let seed = 0; seed < 500; seed++) {
    const disk = newDisk(seed);
    const journal = open(disk);
    journal.note(5, hash(1));
    journal.flush();
    disk.crashAfter(seed % 6);
    try {
      journal.note(5, hash(2));
      journal.flush();
    } catch {
      // The crash.
    }
    disk.restart();
    const found = open(disk).hashOf(5);
    expect([undefined, hash(1), hash(2)], `seed ${seed}`).toContainEqual(found);
  }
});

test('after a flush that failed nothing more is claimed: what was lost would not be reported again', () => {
  const disk = newDisk();
  const file = disk.open('journal');
  let failures = 1;
  const flush = () => {
    if (failures-- > 0) throw new DOMException('', 'InvalidStateError');
    file.flush();
  };
  const journal = new ChunkJournal(file, CHUNKS);
  journal.close();
  const failing = new ChunkJournal({ ...file, flush }, CHUNKS);
  failing.note(1, hash(1));
  expect(() => failing.flush()).toThrow(expect.objectContaining({ code: 'store-failed' }));
  expect(() => failing.flush()).toThrow(expect.objectContaining({ code: 'store-failed' }));
  expect(claims(open(disk))).toEqual([]);
});

function throwQuotaExceeded(): never {
  throw new DOMException('', 'QuotaExceededError');
}
