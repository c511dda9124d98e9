// Decides which chunk to ask from which source. Pure bookkeeping: no I/O, no clock, no messages.
import { Bitfield, type ReadonlyBitfield } from '../content/bitfield.ts';
import type { BundleLayout } from '../content/layout.ts';
import { type Run, runsOf } from '../content/run.ts';

/**
 * What may be outstanding at one source: eight full chunks keep its disk, both hashes and the wire busy,
 * and bound what this side must hold in memory.
 */
export const OUTSTANDING_BYTES = 8 * 1024 * 1024;
/** At all sources together, unless that leaves each less than it needs. */
const OUTSTANDING_IN_ALL_BYTES = 2 * OUTSTANDING_BYTES;
const LEAST_OUTSTANDING_BYTES = 2 * 1024 * 1024;
/** Small files make small chunks: as many as hide the latency of reading them. */
export const OUTSTANDING_CHUNKS = 512;
/** Below this share of free room it is not worth a message. */
const REFILL_SHARE = 1 / 8;

interface SourceQueue {
  chunks: Set<number>;
  bytes: number;
  /** Absent: it has everything. */
  has: ((chunk: number) => boolean) | undefined;
  /** In the order of asking: there is nothing before it that this source could be asked for. */
  at: number;
}

export class Scheduler {
  readonly #layout: BundleLayout;
  /** Neither held nor asked of anybody. */
  readonly #missing: Bitfield;
  readonly #sources = new Map<string, SourceQueue>();
  /** The first chunk in the order of asking. */
  readonly #start: number;

  /** @param start where to begin; those who fetch the same at once and begin in other places have more to give each other */
  constructor(layout: BundleLayout, held: ReadonlyBitfield, start = 0) {
    this.#layout = layout;
    this.#start = start;
    this.#missing = new Bitfield(layout.chunkCount);
    for (let chunk = held.nextClear(); chunk !== -1; chunk = held.nextClear(chunk + 1)) this.#missing.set(chunk);
  }

  /** @param has which chunks may be asked of it; `refresh` when that changed */
  addSource(source: string, has?: (chunk: number) => boolean): void {
    if (!this.#sources.has(source)) this.#sources.set(source, { chunks: new Set(), bytes: 0, has, at: 0 });
  }

  /** What was asked of it is missing again. */
  removeSource(source: string): void {
    const queue = this.#sources.get(source);
    this.#sources.delete(source);
    for (const chunk of queue?.chunks ?? []) if (!this.#isAsked(chunk)) this.#giveBack(chunk);
  }

  /** It may be asked for more than before. */
  refresh(source: string): void {
    const queue = this.#sources.get(source);
    if (queue) queue.at = 0;
  }

  /** The next chunks to ask of a source, in order; empty while enough is outstanding or nothing is missing. */
  take(source: string): Run[] {
    const queue = this.#sources.get(source);
    const allowedBytes = this.#allowedBytes;
    if (!queue || isCrowded(queue, allowedBytes)) return [];
    const taken: number[] = [];
    for (let at = this.#next(queue.at); at !== -1 && queue.chunks.size < OUTSTANDING_CHUNKS; at = this.#next(at + 1)) {
      const chunk = (at + this.#start) % this.#layout.chunkCount;
      if (!(queue.has?.(chunk) ?? true)) {
        queue.at = at + 1;
        continue;
      }
      const length = this.#layout.lengthOf(chunk);
      if (queue.bytes + length > allowedBytes) break;
      this.#missing.clear(chunk);
      queue.at = at + 1;
      queue.chunks.add(chunk);
      queue.bytes += length;
      taken.push(chunk);
    }
    return runsOf(taken.sort((a, b) => a - b));
  }

  /**
   * For a source that has nothing left to do while others have: half of what the busiest of them was asked for last, to
   * be asked twice. At the end everybody would wait for the slowest otherwise.
   */
  takeOver(source: string): Run[] {
    const queue = this.#sources.get(source);
    if (!queue || queue.chunks.size > 0) return [];
    const busiest = [...this.#sources.values()].filter((other) => other !== queue).sort((a, b) => b.bytes - a.bytes)[0];
    const candidates = [...(busiest?.chunks ?? [])].filter(
      (chunk) => (queue.has?.(chunk) ?? true) && this.#countAsked(chunk) === 1,
    );
    const taken = candidates.slice(Math.floor(candidates.length / 2));
    for (const chunk of taken) {
      queue.chunks.add(chunk);
      queue.bytes += this.#layout.lengthOf(chunk);
    }
    return runsOf(taken.sort((a, b) => a - b));
  }

  /** The chunk is held now. It may have come late, from a source that is gone or was asked of another since. */
  landed(chunk: number): void {
    this.#missing.clear(chunk);
    for (const queue of this.#sources.values()) this.#settle(queue, chunk);
  }

  /** The source's answer is useless: the chunk is missing again. */
  failed(source: string, chunk: number): void {
    const queue = this.#sources.get(source);
    if (queue && this.#settle(queue, chunk) && !this.#isAsked(chunk)) this.#giveBack(chunk);
  }

  /** Whether something is outstanding at a source. */
  isBusy(source: string): boolean {
    return (this.#sources.get(source)?.chunks.size ?? 0) > 0;
  }

  get #allowedBytes(): number {
    const share = Math.max(LEAST_OUTSTANDING_BYTES, OUTSTANDING_IN_ALL_BYTES / Math.max(1, this.#sources.size));
    return Math.min(OUTSTANDING_BYTES, share);
  }

  /** The first missing chunk at or after a place in the order of asking, as a place; -1 when there is none. */
  #next(at: number): number {
    const beforeWrap = this.#layout.chunkCount - this.#start;
    if (at < beforeWrap) {
      const chunk = this.#missing.nextSet(this.#start + at);
      if (chunk !== -1) return chunk - this.#start;
    }
    const chunk = this.#missing.nextSet(Math.max(0, at - beforeWrap));
    return chunk !== -1 && chunk < this.#start ? chunk + beforeWrap : -1;
  }

  #isAsked(chunk: number): boolean {
    return this.#countAsked(chunk) > 0;
  }

  #countAsked(chunk: number): number {
    let count = 0;
    for (const { chunks } of this.#sources.values()) if (chunks.has(chunk)) count++;
    return count;
  }

  #settle(queue: SourceQueue, chunk: number): boolean {
    if (!queue.chunks.delete(chunk)) return false;
    queue.bytes -= this.#layout.lengthOf(chunk);
    return true;
  }

  #giveBack(chunk: number): void {
    this.#missing.set(chunk);
    const { chunkCount } = this.#layout;
    const at = (chunk - this.#start + chunkCount) % chunkCount;
    for (const queue of this.#sources.values()) queue.at = Math.min(queue.at, at);
  }
}

function isCrowded({ bytes, chunks }: SourceQueue, allowedBytes: number): boolean {
  return (
    allowedBytes - bytes < allowedBytes * REFILL_SHARE ||
    OUTSTANDING_CHUNKS - chunks.size < OUTSTANDING_CHUNKS * REFILL_SHARE
  );
}
