// Decides which chunk to ask of which source, where of each set so many are enough. Pure bookkeeping: time is given, never
// read; no I/O, no messages, and no idea of what chunks of a set have in common.
import type { ReadonlyBitfield } from '../content/bitfield.ts';
import type { ChunkSets } from '../content/chunk-sets.ts';
import type { BundleLayout } from '../content/layout.ts';
import { type Run, runsOf } from '../content/run.ts';
import type { Asks, ChunkScheduler } from './chunk-scheduler.ts';
import { Doubts } from './doubts.ts';
import { MedianTime } from './median-time.ts';
import { outstandingBytes } from './outstanding.ts';
import { bestChoice, type Choice } from './set-choice.ts';
import { SetSource } from './set-source.ts';
import type { SetUnderWay } from './set-under-way.ts';
import { SetWindow } from './set-window.ts';

/** Of one set at a time: what a hedge brings besides is thrown away. */
export const MOST_HEDGES = 3;
/** What takes longer than so many times what is usual, somebody with nothing to do helps out with. */
const OVERDUE_MEDIANS = 2;
/** On a quick network twice what is usual is nothing that anybody would wait for. */
const LEAST_OVERDUE_MS = 100;

export class SetScheduler implements ChunkScheduler {
  readonly #layout: BundleLayout;
  readonly #window: SetWindow;
  readonly #sources = new Map<string, SetSource>();
  readonly #usual = new MedianTime();
  readonly #doubts: Doubts;

  constructor(sets: ChunkSets, layout: BundleLayout, held: ReadonlyBitfield) {
    this.#layout = layout;
    this.#window = new SetWindow(sets, held);
    this.#doubts = new Doubts(layout);
  }

  addSource(source: string, has?: (chunk: number) => boolean): void {
    if (!this.#sources.has(source)) this.#sources.set(source, new SetSource(source, this.#layout, has));
  }

  removeSource(source: string): void {
    for (const chunk of this.#sources.get(source)?.queue.chunks ?? []) this.#window.with(chunk)?.settle(chunk);
    this.#sources.delete(source);
  }

  /** Everything is looked at each time. */
  refresh(): void {}

  /** It owes something and is silent: others may help out. Until something comes from it. */
  quiet(source: string): void {
    const quiet = this.#sources.get(source);
    if (quiet) quiet.isQuiet = true;
  }

  next(nowMs: number): Asks {
    const asked = new Map<string, number[]>();
    const ask = (set: SetUnderWay, { source, chunk }: Choice) => {
      set.ask(chunk);
      source.ask(chunk, nowMs);
      asked.set(source.id, [...(asked.get(source.id) ?? []), chunk]);
    };
    const window = this.#window.sets();
    for (const set of window) this.#fill(set, (choice) => ask(set, choice));
    for (const set of window) this.#hedge(set, nowMs, (choice) => ask(set, choice));
    return [...asked].map(([source, chunks]): [string, Run[]] => [source, runsOf(chunks.sort((a, b) => a - b))]);
  }

  arrived(source: string, chunk: number, nowMs: number): void {
    const tookMs = this.#sources.get(source)?.arrived(chunk, nowMs);
    if (tookMs !== undefined) this.#usual.add(tookMs);
    const set = this.#window.with(chunk);
    this.#settleAll(chunk, set);
    set?.kept.add(chunk);
  }

  isKept(chunk: number): boolean {
    return this.#window.isKept(chunk);
  }

  landed(chunk: number): void {
    const set = this.#window.with(chunk);
    if (!set) return;
    this.#window.landed(set.set);
    this.#doubts.clear(set.kept);
    for (const one of set.chunks) {
      this.#settleAll(one, set);
      for (const source of this.#sources.values()) source.failed.delete(one);
    }
  }

  failed(source: string, chunk: number): void {
    const from = this.#sources.get(source);
    if (!from?.settle(chunk)) return;
    from.failed.add(chunk);
    this.#window.with(chunk)?.settle(chunk);
  }

  lost(_: string, chunk: number): void {
    this.#window.with(chunk)?.kept.delete(chunk);
  }

  /**
   * These do not fit together, and are not kept any more: others are asked for first from now on.
   * @returns how often that was so with this set
   */
  rejected(set: number, chunks: readonly number[]): number {
    const underWay = this.#window.at(set);
    for (const chunk of chunks) underWay.kept.delete(chunk);
    this.#doubts.add(chunks);
    return ++underWay.rejections;
  }

  isBusy(source: string): boolean {
    return (this.#sources.get(source)?.queue.chunks.size ?? 0) > 0;
  }

  *lacking(): Generator<number> {
    for (const { chunks, kept } of this.#window.sets()) for (const chunk of chunks) if (!kept.has(chunk)) yield chunk;
  }

  takeUpcoming(): readonly number[] {
    return this.#window.takeUpcoming();
  }

  /** Asks for what a set lacks, of whoever has least to do. */
  #fill(set: SetUnderWay, ask: (choice: Choice) => void): void {
    const allowedBytes = outstandingBytes(this.#sources.size);
    while (set.lacking > 0) {
      const choice = bestChoice(set, this.#sources.values(), this.#doubts, ({ queue }, chunk) => {
        return set.isFree(chunk) && queue.hasRoomFor(chunk, allowedBytes);
      });
      if (!choice) return;
      ask(choice);
    }
  }

  /** Whoever has nothing to do helps out with what takes long; at the end of all with what might. */
  #hedge(set: SetUnderWay, nowMs: number, ask: (choice: Choice) => void): void {
    const isLast = this.#window.isLast(set.set);
    const overdue = this.#overdue(set, nowMs);
    const most = isLast ? MOST_HEDGES : Math.min(MOST_HEDGES, overdue.size);
    while (set.spare < most) {
      const choice = bestChoice(set, this.#sources.values(), this.#doubts, ({ queue }, chunk) => {
        return queue.chunks.size === 0 && (set.isFree(chunk) || overdue.has(chunk));
      });
      if (!choice) return;
      ask(choice);
    }
  }

  #overdue(set: SetUnderWay, nowMs: number): Set<number> {
    const { medianMs = Number.POSITIVE_INFINITY } = this.#usual;
    const limitMs = Math.max(LEAST_OVERDUE_MS, OVERDUE_MEDIANS * medianMs);
    const overdue = [...this.#sources.values()].flatMap((source) => [...source.overdue(nowMs, limitMs)]);
    return new Set(overdue.filter((chunk) => set.isAsked(chunk)));
  }

  #settleAll(chunk: number, set: SetUnderWay | undefined): void {
    for (const source of this.#sources.values()) if (source.settle(chunk)) set?.settle(chunk);
  }
}
