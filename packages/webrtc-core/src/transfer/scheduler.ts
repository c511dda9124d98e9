// Decides which chunk to ask from which source. Pure bookkeeping: no I/O, no clock, no messages.
import { Bitfield, type ReadonlyBitfield } from '../content/bitfield.ts';
import type { BundleLayout } from '../content/layout.ts';
import { type Run, runsOf } from '../content/run.ts';

/**
 * What may be outstanding at one source: eight full chunks keep its disk, both hashes and the wire busy,
 * and bound what this side must hold in memory.
 */
export const OUTSTANDING_BYTES = 8 * 1024 * 1024;
/** Small files make small chunks: as many as hide the latency of reading them. */
export const OUTSTANDING_CHUNKS = 512;
/** Below this share of free room it is not worth a message. */
const REFILL_SHARE = 1 / 8;

interface SourceQueue {
  chunks: Set<number>;
  bytes: number;
}

export class Scheduler {
  readonly #layout: BundleLayout;
  /** Neither held nor asked of anybody. */
  readonly #missing: Bitfield;
  readonly #sources = new Map<string, SourceQueue>();
  /** No missing chunk is before it. */
  #cursor = 0;

  constructor(layout: BundleLayout, held: ReadonlyBitfield) {
    this.#layout = layout;
    this.#missing = new Bitfield(layout.chunkCount);
    for (let chunk = held.nextClear(); chunk !== -1; chunk = held.nextClear(chunk + 1)) this.#missing.set(chunk);
  }

  addSource(source: string): void {
    if (!this.#sources.has(source)) this.#sources.set(source, { chunks: new Set(), bytes: 0 });
  }

  /** What was asked of it is missing again. */
  removeSource(source: string): void {
    for (const chunk of this.#sources.get(source)?.chunks ?? []) this.#giveBack(chunk);
    this.#sources.delete(source);
  }

  /** The next chunks to ask of a source, in order; empty while enough is outstanding or nothing is missing. */
  take(source: string): Run[] {
    const queue = this.#sources.get(source);
    if (!queue) return [];
    const { bytes, chunks } = queue;
    const crowded =
      OUTSTANDING_BYTES - bytes < OUTSTANDING_BYTES * REFILL_SHARE ||
      OUTSTANDING_CHUNKS - chunks.size < OUTSTANDING_CHUNKS * REFILL_SHARE;
    if (crowded) return [];
    const taken: number[] = [];
    while (queue.chunks.size < OUTSTANDING_CHUNKS) {
      const chunk = this.#missing.nextSet(this.#cursor);
      if (chunk === -1) break;
      const length = this.#layout.lengthOf(chunk);
      if (queue.bytes + length > OUTSTANDING_BYTES) break;
      this.#missing.clear(chunk);
      this.#cursor = chunk + 1;
      queue.chunks.add(chunk);
      queue.bytes += length;
      taken.push(chunk);
    }
    return runsOf(taken);
  }

  /** The chunk is held now. It may have come late, from a source that is gone or was asked of another since. */
  landed(chunk: number): void {
    this.#missing.clear(chunk);
    for (const source of this.#sources.keys()) this.#settle(source, chunk);
  }

  /** The source's answer is useless: the chunk is missing again. */
  failed(source: string, chunk: number): void {
    if (this.#settle(source, chunk)) this.#giveBack(chunk);
  }

  #settle(source: string, chunk: number): boolean {
    const queue = this.#sources.get(source);
    if (!queue?.chunks.delete(chunk)) return false;
    queue.bytes -= this.#layout.lengthOf(chunk);
    return true;
  }

  #giveBack(chunk: number): void {
    this.#missing.set(chunk);
    this.#cursor = Math.min(this.#cursor, chunk);
  }
}
