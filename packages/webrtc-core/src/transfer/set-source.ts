// One source of chunks in sets: what is outstanding at it since when, how quick it is, and what it gave in vain. Knows no
// other source.
import type { BundleLayout } from '../content/layout.ts';
import { SourceQueue } from './source-queue.ts';

/** Of a new measurement. */
const WEIGHT = 1 / 4;

export class SetSource {
  readonly id: string;
  readonly queue: SourceQueue;
  /** Chunks that it gave in vain. */
  readonly failed = new Set<number>();
  /** It is silent, and owes something. */
  isQuiet = false;
  readonly #sinceMs = new Map<number, number>();
  #usualMs = 0;

  constructor(id: string, layout: BundleLayout, has: ((chunk: number) => boolean) | undefined) {
    this.id = id;
    this.queue = new SourceQueue(layout, has);
  }

  /** How long a chunk takes; 0 while nobody knows. */
  get usualMs(): number {
    return this.#usualMs;
  }

  ask(chunk: number, nowMs: number): void {
    this.queue.add(chunk);
    this.#sinceMs.set(chunk, nowMs);
  }

  /** @returns whether it was outstanding */
  settle(chunk: number): boolean {
    this.#sinceMs.delete(chunk);
    return this.queue.settle(chunk);
  }

  /** @returns how long it took; undefined for what was not outstanding */
  arrived(chunk: number, nowMs: number): number | undefined {
    this.isQuiet = false;
    const sinceMs = this.#sinceMs.get(chunk);
    if (sinceMs === undefined) return undefined;
    const tookMs = nowMs - sinceMs;
    this.#usualMs = this.#usualMs === 0 ? tookMs : this.#usualMs + (tookMs - this.#usualMs) * WEIGHT;
    return tookMs;
  }

  /** What has been outstanding for longer. */
  *overdue(nowMs: number, limitMs: number): Generator<number> {
    for (const [chunk, sinceMs] of this.#sinceMs) if (this.isQuiet || nowMs - sinceMs > limitMs) yield chunk;
  }
}
