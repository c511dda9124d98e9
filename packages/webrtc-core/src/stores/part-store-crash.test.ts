import { expect, test } from 'vitest';
import { Bitfield } from '../content/bitfield.ts';
import { hashesEqual, hashNode } from '../content/hash.ts';
import { indexesOf } from '../content/run.ts';
import { CrashingDisk } from '../testing/crashing-disk.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { MemoryFolder } from '../testing/memory-folder.ts';
import { type Random, seededRandom } from '../testing/random.ts';
import { sizedLayout } from '../testing/sized-manifest.ts';
import { ChunkJournal } from './opfs-journal.ts';
import { PartLayout } from './part-layout.ts';
import { PartStore } from './part-store.ts';

const SEEDS = 40;

/** One folder on a disk that fills up at times, and what is known to be durable in it. */
class CrashingParts {
  readonly #random: Random;
  readonly #disk: CrashingDisk;
  readonly #folder: MemoryFolder;
  readonly #layout: PartLayout;
  /** Two contents a chunk: one written again may have another. */
  readonly #contents: [Uint8Array, Uint8Array][];
  readonly #elsewhere: Bitfield;
  readonly #durable: Bitfield;
  #store!: PartStore;
  #clock!: ManualClock;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
    this.#disk = new CrashingDisk(this.#random);
    this.#folder = new MemoryFolder(this.#disk);
    const bundle = sizedLayout(Array.from({ length: 1 + this.#random.below(50) }, () => 1 + this.#random.below(60)));
    this.#layout = new PartLayout(bundle, 60 + this.#random.below(300));
    this.#contents = Array.from({ length: bundle.chunkCount }, (_, chunk) => {
      const length = bundle.lengthOf(chunk);
      return [this.#random.bytes(length), this.#random.bytes(length)];
    });
    this.#elsewhere = new Bitfield(bundle.chunkCount);
    this.#durable = new Bitfield(bundle.chunkCount);
    for (let chunk = 0; chunk < bundle.chunkCount; chunk++) {
      if (!this.#random.chance(0.2)) continue;
      this.#elsewhere.set(chunk);
      this.#durable.set(chunk);
    }
  }

  /** Opens the store, checks what it holds and uses it until the power goes; true when it was whole before. */
  async live(): Promise<boolean> {
    this.#disk.crashAfter(this.#random.below(60));
    try {
      await this.#open();
      while (!this.#durable.isFull) await this.#step();
      await this.#store.close();
      return true;
    } catch (error) {
      if (!this.#disk.isDown) throw error;
      return false;
    } finally {
      this.#folder.ground.fail = () => {};
      this.#disk.restart();
    }
  }

  async #open(): Promise<void> {
    this.#clock = new ManualClock();
    this.#store = await PartStore.open({
      folder: this.#folder.handle,
      journal: new ChunkJournal(this.#disk.open('journal'), this.#contents.length),
      layout: this.#layout,
      elsewhere: this.#elsewhere,
      clock: this.#clock,
    });
    await this.#checkAndNoteDurable();
  }

  async #step(): Promise<void> {
    const pick = this.#random.next();
    if (pick < 0.8) return this.#write();
    if (pick < 0.84) {
      this.#clock.advance(2000);
      return this.#clock.settle();
    }
    await (pick < 0.92 ? this.#store.flush() : this.#store.close());
    if (pick < 0.92) await this.#checkAndNoteDurable();
    else await this.#open();
  }

  async #write(): Promise<void> {
    const { have } = this.#store;
    const missing = have.nextClear(this.#random.below(have.length));
    const chunk = missing === -1 || this.#random.chance(0.05) ? this.#random.below(have.length) : missing;
    if (this.#elsewhere.has(chunk)) return;
    const bytes = this.#contents[chunk]![this.#random.below(2)]!;
    this.#durable.clear(chunk);
    const full = this.#random.chance(0.05);
    if (full) this.#fillDisk();
    try {
      await this.#store.write(chunk, bytes, hashNode(bytes));
    } catch (error) {
      expect(full || this.#disk.isDown).toBe(true);
      if (this.#disk.isDown) throw error;
      expect(error).toMatchObject({ code: 'store-full' });
    } finally {
      this.#folder.ground.fail = () => {};
    }
  }

  #fillDisk(): void {
    const last = ['createWritable', 'write', 'close'][this.#random.below(3)];
    this.#folder.ground.fail = (call) => {
      if (call === last) throw new DOMException('', 'QuotaExceededError');
    };
  }

  /** After opening and after a flush, all that is held is durable, and what was durable is still held. */
  async #checkAndNoteDurable(): Promise<void> {
    const { have } = this.#store;
    for (const chunk of indexesOf(this.#durable.runs())) expect(have.has(chunk)).toBe(true);
    for (const chunk of indexesOf(have.runs())) {
      this.#durable.set(chunk);
      if (this.#elsewhere.has(chunk)) continue;
      const bytes = await this.#store.read(chunk);
      expect(this.#contents[chunk]!.some((written) => hashesEqual(written, bytes))).toBe(true);
      expect(hashesEqual(this.#store.hashOf(chunk)!, hashNode(bytes))).toBe(true);
    }
  }
}

test.each(Array.from({ length: SEEDS }, (_, seed) => seed))(
  'whatever a crash or a full disk leaves, the journal claims what was flushed and nothing that is not there; seed %i',
  { timeout: 60_000 },
  async (seed) => {
    const parts = new CrashingParts(seed);
    let crashes = 0;
    while (!(await parts.live())) crashes++;
    // Each life ends after at most sixty calls.
    expect(crashes).toBeLessThan(1000);
  },
);
