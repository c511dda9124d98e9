// Which entries of a bundle are whole here, and on which of them both sides agree. Knows no messages
// and no time; the receiver asks it what to compare next.
import { Bitfield, type ReadonlyBitfield } from '../content/bitfield.ts';
import type { BundleLayout } from '../content/layout.ts';
import type { Run } from '../content/run.ts';

export class Completion {
  readonly #layout: BundleLayout;
  /** Chunks an entry still lacks. */
  readonly #lacking: Uint32Array;
  /** Whole, and not yet said so to the source. */
  readonly #unsaid: Bitfield;
  readonly #whole: Bitfield;
  readonly #agreed: Bitfield;
  /** Done without: neither missing nor agreed. */
  readonly #givenUp: Bitfield;
  #saysAllAtEnd = false;

  constructor(layout: BundleLayout, held: ReadonlyBitfield, agreed?: ReadonlyBitfield) {
    this.#layout = layout;
    this.#lacking = new Uint32Array(layout.entryCount);
    this.#unsaid = new Bitfield(layout.entryCount);
    this.#whole = new Bitfield(layout.entryCount);
    this.#agreed = new Bitfield(layout.entryCount);
    this.#givenUp = new Bitfield(layout.entryCount);
    for (let entry = 0; entry < layout.entryCount; entry++) {
      const { first, count } = layout.chunksOf(entry);
      for (let chunk = first; chunk < first + count; chunk++) if (!held.has(chunk)) this.#lacking[entry]!++;
      if (this.#lacking[entry] === 0) this.#makeWhole(entry);
      if (agreed?.has(entry)) this.agree({ first: entry, count: 1 });
    }
  }

  get allWhole(): boolean {
    return this.#whole.isFull;
  }

  /** Entries of which something is missing. */
  get missingCount(): number {
    return this.#whole.length - this.#whole.count;
  }

  get allAgreed(): boolean {
    return this.#agreed.count + this.#givenUp.count === this.#agreed.length;
  }

  get agreed(): ReadonlyBitfield {
    return this.#agreed;
  }

  /** A chunk was stored that was not held before. */
  landed(chunk: number): void {
    const entry = this.#layout.entryOf(chunk);
    if (this.#givenUp.has(entry)) return;
    if (--this.#lacking[entry]! === 0) this.#makeWhole(entry);
  }

  /** An entry that is not whole is done without: for what `allWhole` and `allAgreed` say it does not exist. */
  giveUp(entry: number): void {
    this.#givenUp.set(entry);
    this.#whole.set(entry);
  }

  /** Runs of whole entries that the source has not been told of; they count as told from now on. */
  takeUnsaid(): Run[] {
    const runs = this.#unsaid.runs();
    for (const { first, count } of runs) {
      for (let entry = first; entry < first + count; entry++) this.#unsaid.clear(entry);
    }
    return runs;
  }

  /**
   * A new link: what was said and not answered must be said again, and everything at the end, because the other
   * side may be a new program that does not know what was agreed before.
   */
  repeat(): void {
    for (let entry = this.#whole.nextSet(); entry !== -1; entry = this.#whole.nextSet(entry + 1)) {
      if (this.#givenUp.has(entry)) continue;
      if (this.allWhole || !this.#agreed.has(entry)) this.#unsaid.set(entry);
    }
    this.#saysAllAtEnd = !this.allWhole;
  }

  isWhole({ first, count }: Run): boolean {
    const gap = this.#whole.nextClear(first);
    return gap === -1 || gap >= first + count;
  }

  agree({ first, count }: Run): void {
    for (let entry = first; entry < first + count; entry++) {
      this.#agreed.set(entry);
      this.#unsaid.clear(entry);
    }
  }

  #makeWhole(entry: number): void {
    this.#whole.set(entry);
    this.#unsaid.set(entry);
    if (this.#saysAllAtEnd && this.allWhole) this.repeat();
  }
}
