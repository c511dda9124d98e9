import { expect, test } from 'vitest';
import { Bitfield } from '../content/bitfield.ts';
import { hashesEqual, hashNode } from '../content/hash.ts';
import { indexesOf } from '../content/run.ts';
import { CrashingDisk } from '../testing/crashing-disk.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { type Random, seededRandom } from '../testing/random.ts';
import { sizedLayout } from '../testing/sized-manifest.ts';
import { OpfsStore } from './opfs-store.ts';

const SEEDS = 40;

/** One disk, one bundle, and what is known to be durable on it. */
class CrashingBundle {
  readonly #random: Random;
  readonly #disk: CrashingDisk;
  readonly #layout;
  /** Two contents a chunk: one written again may have another. */
  readonly #contents: [Uint8Array, Uint8Array][];
  readonly #durable: Bitfield;
  #store!: OpfsStore;
  #clock!: ManualClock;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
    this.#disk = new CrashingDisk(this.#random);
    this.#layout = sizedLayout(Array.from({ length: 1 + this.#random.below(60) }, () => 1 + this.#random.below(900)));
    this.#contents = Array.from({ length: this.#layout.chunkCount }, (_, chunk) => {
      const length = this.#layout.lengthOf(chunk);
      return [this.#random.bytes(length), this.#random.bytes(length)];
    });
    this.#durable = new Bitfield(this.#layout.chunkCount);
    if (this.#random.chance(0.4)) this.#leaveSomethingElse();
  }

  /** Opens the store, checks what it claims and uses it until the power goes; true when it was whole before. */
  async live(): Promise<boolean> {
    // A short life is one that ends while the store opens.
    this.#disk.crashAfter(this.#random.below(this.#random.chance(0.3) ? 6 : 50));
    try {
      await this.#open();
      while (!this.#durable.isFull) await this.#step();
      await this.#store.close();
      return true;
    } catch (error) {
      if (!this.#disk.isDown) throw error;
      return false;
    } finally {
      this.#disk.restart();
    }
  }

  async #open(): Promise<void> {
    this.#clock = new ManualClock();
    this.#store = new OpfsStore(this.#layout, this.#disk.open('data'), this.#disk.open('journal'), this.#clock);
    const { have } = this.#store;
    for (const chunk of indexesOf(have.runs())) {
      const bytes = await this.#store.read(chunk);
      expect(this.#contents[chunk]!.some((written) => hashesEqual(written, bytes))).toBe(true);
      expect(hashesEqual(this.#store.hashOf(chunk)!, hashNode(bytes))).toBe(true);
    }
    for (const chunk of indexesOf(this.#durable.runs())) expect(have.has(chunk)).toBe(true);
    this.#allIsDurable();
  }

  async #step(): Promise<void> {
    const pick = this.#random.next();
    if (pick < 0.8) return this.#write();
    if (pick < 0.9) await this.#store.flush();
    else if (pick < 0.95) this.#clock.advance(500);
    else {
      await this.#store.close();
      await this.#open();
    }
    if (!this.#disk.isDown) this.#allIsDurable();
  }

  async #write(): Promise<void> {
    const { have } = this.#store;
    const missing = have.nextClear(this.#random.below(have.length));
    const chunk = missing === -1 || this.#random.chance(0.05) ? this.#random.below(have.length) : missing;
    const bytes = this.#contents[chunk]![this.#random.below(2)]!;
    this.#durable.clear(chunk);
    await this.#store.write(chunk, bytes, hashNode(bytes));
  }

  #allIsDurable(): void {
    for (const chunk of indexesOf(this.#store.have.runs())) this.#durable.set(chunk);
  }

  /** Another bundle's files, or what else may have these names. */
  #leaveSomethingElse(): void {
    const journal = this.#disk.open('journal');
    const bundleBytes = Math.ceil(this.#contents.length / 8) + 32 * this.#contents.length;
    journal.write(new Uint8Array(this.#random.below(2 * bundleBytes)).fill(0xff), { at: 0 });
    if (journal.getSize() === bundleBytes) journal.truncate(bundleBytes - 1);
    journal.flush();
    const data = this.#disk.open('data');
    data.truncate(this.#layout.totalBytes);
    data.flush();
  }
}

test.each(Array.from({ length: SEEDS }, (_, seed) => seed))(
  'whatever a crash leaves, the journal claims no chunk that is not there and every chunk that was flushed; seed %i',
  { timeout: 60_000 },
  async (seed) => {
    const bundle = new CrashingBundle(seed);
    let crashes = 0;
    while (!(await bundle.live())) crashes++;
    // Each life ends after at most fifty calls.
    expect(crashes).toBeLessThan(1000);
  },
);
