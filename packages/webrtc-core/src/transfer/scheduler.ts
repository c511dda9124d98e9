// Decides which chunk to ask from which source, where every chunk is wanted. Pure bookkeeping: no I/O, no clock, no
// messages.
import { Bitfield, type ReadonlyBitfield } from '../content/bitfield.ts';
import type { BundleLayout } from '../content/layout.ts';
import { type Run, runsOf } from '../content/run.ts';
import type { Asks, ChunkScheduler } from './chunk-scheduler.ts';
import { OUTSTANDING_CHUNKS, outstandingBytes } from './outstanding.ts';
import { SourceQueue } from './source-queue.ts';

/** What comes later is of no use yet. */
const LACKING_CHUNKS = OUTSTANDING_CHUNKS;

interface OrderedQueue {
  queue: SourceQueue;
  /** In the order of asking: there is nothing before it that this source could be asked for. */
  at: number;
}

export class Scheduler implements ChunkScheduler {
  readonly #layout: BundleLayout;
  /** Neither held nor asked of anybody. */
  readonly #missing: Bitfield;
  readonly #sources = new Map<string, OrderedQueue>();
  /** The first chunk in the order of asking. */
  readonly #start: number;

  /** @param start where to begin; those who fetch the same at once and begin in other places have more to give each other */
  constructor(layout: BundleLayout, held: ReadonlyBitfield, start = 0) {
    this.#layout = layout;
    this.#start = start;
    this.#missing = new Bitfield(layout.chunkCount);
    for (let chunk = held.nextClear(); chunk !== -1; chunk = held.nextClear(chunk + 1)) this.#missing.set(chunk);
  }

  addSource(source: string, has?: (chunk: number) => boolean): void {
    if (this.#sources.has(source)) return;
    this.#sources.set(source, { queue: new SourceQueue(this.#layout, has), at: 0 });
  }

  removeSource(source: string): void {
    const queue = this.#sources.get(source)?.queue;
    this.#sources.delete(source);
    for (const chunk of queue?.chunks ?? []) if (!this.#isAsked(chunk)) this.#giveBack(chunk);
  }

  refresh(source: string): void {
    const ordered = this.#sources.get(source);
    if (ordered) ordered.at = 0;
  }

  next(_: number, source?: string): Asks {
    const sources = source === undefined ? [...this.#sources.keys()] : [source];
    // One after the other: what one is asked for is not asked of the next.
    return sources.flatMap((one) => [[one, this.take(one)] as const, [one, this.takeOver(one)] as const]);
  }

  /** The next chunks to ask of a source, in order; empty while enough is outstanding or nothing is missing. */
  take(source: string): Run[] {
    const ordered = this.#sources.get(source);
    const allowedBytes = outstandingBytes(this.#sources.size);
    if (!ordered || ordered.queue.isCrowded(allowedBytes)) return [];
    const { queue } = ordered;
    const taken: number[] = [];
    for (let at = this.#next(ordered.at); at !== -1; at = this.#next(at + 1)) {
      const chunk = (at + this.#start) % this.#layout.chunkCount;
      if (queue.mayGive(chunk)) {
        if (!queue.hasRoomFor(chunk, allowedBytes)) break;
        this.#missing.clear(chunk);
        queue.add(chunk);
        taken.push(chunk);
      }
      ordered.at = at + 1;
    }
    return runsOf(taken.sort((a, b) => a - b));
  }

  /**
   * For a source that has nothing left to do while others have: half of what the busiest of them was asked for last, to
   * be asked twice. At the end everybody would wait for the slowest otherwise.
   */
  takeOver(source: string): Run[] {
    const queue = this.#sources.get(source)?.queue;
    if (!queue || queue.chunks.size > 0) return [];
    const others = [...this.#sources.values()].map((other) => other.queue).filter((other) => other !== queue);
    const busiest = others.sort((a, b) => b.bytes - a.bytes)[0];
    const candidates = [...(busiest?.chunks ?? [])].filter(
      (chunk) => queue.mayGive(chunk) && this.#countAsked(chunk) === 1,
    );
    const taken = candidates.slice(Math.floor(candidates.length / 2));
    for (const chunk of taken) queue.add(chunk);
    return runsOf(taken.sort((a, b) => a - b));
  }

  /** It stays outstanding until it is held: what is under way to the store is bounded with the rest. */
  arrived(): void {}

  isKept(): boolean {
    return false;
  }

  /** What is stored is held, and takes no memory. */
  isWelcome(): boolean {
    return true;
  }

  landed(chunk: number): void {
    this.#missing.clear(chunk);
    for (const { queue } of this.#sources.values()) queue.settle(chunk);
  }

  failed(source: string, chunk: number): void {
    if (this.#sources.get(source)?.queue.settle(chunk) && !this.#isAsked(chunk)) this.#giveBack(chunk);
  }

  lost(source: string, chunk: number): void {
    this.failed(source, chunk);
  }

  *lacking(): Generator<number> {
    let at = this.#next(0);
    for (let count = 0; at !== -1 && count < LACKING_CHUNKS; count++, at = this.#next(at + 1)) {
      yield (at + this.#start) % this.#layout.chunkCount;
    }
  }

  takeUpcoming(): readonly number[] {
    return [];
  }

  isBusy(source: string): boolean {
    return (this.#sources.get(source)?.queue.chunks.size ?? 0) > 0;
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
    for (const { queue } of this.#sources.values()) if (queue.chunks.has(chunk)) count++;
    return count;
  }

  #giveBack(chunk: number): void {
    this.#missing.set(chunk);
    const { chunkCount } = this.#layout;
    const at = (chunk - this.#start + chunkCount) % chunkCount;
    for (const ordered of this.#sources.values()) ordered.at = Math.min(ordered.at, at);
  }
}
