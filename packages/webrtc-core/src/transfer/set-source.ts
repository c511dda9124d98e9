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
  /** Of what is outstanding, what it was asked for although enough was. */
  readonly #hedges = new Set<number>();
  #usualMs = 0;
  #arrivedMs = 0;

  constructor(id: string, layout: BundleLayout, has: ((chunk: number) => boolean) | undefined) {
    this.id = id;
    this.queue = new SourceQueue(layout, has);
  }

  /** How long a chunk takes; 0 while nobody knows. */
  get usualMs(): number {
    return this.#usualMs;
  }

  /** Those that are outstanding. */
  get hedges(): ReadonlySet<number> {
    return this.#hedges;
  }

  ask(chunk: number, nowMs: number, { isHedge }: { isHedge: boolean }): void {
    this.queue.add(chunk);
    this.#sinceMs.set(chunk, nowMs);
    if (isHedge) this.#hedges.add(chunk);
  }

  /** @returns whether it was outstanding */
  settle(chunk: number): boolean {
    this.#sinceMs.delete(chunk);
    this.#hedges.delete(chunk);
    return this.queue.settle(chunk);
  }

  /** @returns how long it took; undefined for what was not outstanding */
  arrived(chunk: number, nowMs: number): number | undefined {
    this.isQuiet = false;
    this.#arrivedMs = nowMs;
    const sinceMs = this.#sinceMs.get(chunk);
    if (sinceMs === undefined) return undefined;
    const tookMs = nowMs - sinceMs;
    this.#usualMs = this.#usualMs === 0 ? tookMs : this.#usualMs + (tookMs - this.#usualMs) * WEIGHT;
    return tookMs;
  }

  /** It owes something, and has not brought a whole chunk for longer: bytes that drip are no silence, and no help either. */
  isDripping(nowMs: number, limitMs: number): boolean {
    // The first that was asked for is the first that comes.
    const [sinceMs] = this.#sinceMs.values();
    return sinceMs !== undefined && nowMs - Math.max(sinceMs, this.#arrivedMs) > limitMs;
  }

  /** What has been outstanding for longer. */
  *overdue(nowMs: number, limitMs: number): Generator<number> {
    for (const [chunk, sinceMs] of this.#sinceMs) if (this.isQuiet || nowMs - sinceMs > limitMs) yield chunk;
  }
}
