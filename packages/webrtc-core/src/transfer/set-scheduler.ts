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

/** Outstanding of one set at a time: what a hedge brings besides is thrown away. */
export const MOST_HEDGES = 3;
/** What takes longer than so many times what is usual, somebody with nothing to do helps out with. */
const OVERDUE_MEDIANS = 2;
/** On a quick network twice what is usual is nothing that anybody would wait for. */
const LEAST_OVERDUE_MS = 100;
/** A source that takes longer for one chunk drips: it keeps no place of a hedge, and others are asked first. */
const DRIPPING_MEDIANS = 8;
const LEAST_DRIPPING_MS = 10_000;
/** The same while nobody knows what is usual: 35 KB a second. */
const UNUSUAL_MS = 30_000;

/** What does not come as it should. */
interface Late {
  readonly dripping: ReadonlySet<SetSource>;
  /** By chunk, of how many sources it is overdue. */
  readonly overdue: ReadonlyMap<number, number>;
}

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
    const ask = (set: SetUnderWay, { source, chunk }: Choice, about: { isHedge: boolean }) => {
      set.ask(chunk);
      source.ask(chunk, nowMs, about);
      asked.set(source.id, [...(asked.get(source.id) ?? []), chunk]);
    };
    const window = this.#window.sets();
    const dripping = this.#dripping(nowMs);
    for (const set of window) this.#fill(set, dripping, (choice) => ask(set, choice, { isHedge: false }));
    const overdue = this.#overdue(nowMs);
    for (const set of window) this.#hedge(set, { dripping, overdue }, (choice) => ask(set, choice, { isHedge: true }));
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

  isWelcome(chunk: number): boolean {
    return this.#window.isOpen(chunk);
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

  lost(source: string, chunk: number): void {
    const set = this.#window.with(chunk);
    set?.kept.delete(chunk);
    if (this.#sources.get(source)?.settle(chunk)) set?.settle(chunk);
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
  #fill(set: SetUnderWay, dripping: ReadonlySet<SetSource>, ask: (choice: Choice) => void): void {
    const allowedBytes = outstandingBytes(this.#sources.size);
    const may = ({ queue }: SetSource, chunk: number) => set.isFree(chunk) && queue.hasRoomFor(chunk, allowedBytes);
    while (set.lacking > 0) {
      const choice = bestChoice(set, this.#sources.values(), this.#doubts, may, (source) => dripping.has(source));
      if (!choice) return;
      ask(choice);
    }
  }

  /** Whoever has nothing to do helps out with what takes long; at the end of all with what might. */
  #hedge(set: SetUnderWay, { dripping, overdue }: Late, ask: (choice: Choice) => void): void {
    const isLast = this.#window.isLast(set.set);
    const isInDoubt = () => set.coming(overdue) < set.needed || (isLast && set.spare < MOST_HEDGES);
    const may = ({ queue }: SetSource, chunk: number) => {
      return queue.chunks.size === 0 && (set.isFree(chunk) || overdue.has(chunk));
    };
    while (isInDoubt() && this.#hedgeCount(set, dripping) < MOST_HEDGES) {
      const choice = bestChoice(set, this.#sources.values(), this.#doubts, may);
      if (!choice) return;
      ask(choice);
    }
  }

  #hedgeCount(set: SetUnderWay, dripping: ReadonlySet<SetSource>): number {
    const sources = [...this.#sources.values()].filter((source) => !dripping.has(source));
    return sources.flatMap(({ hedges }) => [...hedges]).filter((chunk) => this.#window.with(chunk) === set).length;
  }

  /** By chunk, of how many sources it is overdue. */
  #overdue(nowMs: number): Map<number, number> {
    const { medianMs = Number.POSITIVE_INFINITY } = this.#usual;
    const usualMs = Math.max(LEAST_OVERDUE_MS, OVERDUE_MEDIANS * medianMs);
    const limitMs = Math.min(usualMs, this.#drippingMs);
    const overdue = new Map<number, number>();
    for (const source of this.#sources.values()) {
      for (const chunk of source.overdue(nowMs, limitMs)) overdue.set(chunk, (overdue.get(chunk) ?? 0) + 1);
    }
    return overdue;
  }

  #dripping(nowMs: number): Set<SetSource> {
    return new Set([...this.#sources.values()].filter((source) => source.isDripping(nowMs, this.#drippingMs)));
  }

  get #drippingMs(): number {
    const { medianMs } = this.#usual;
    return medianMs === undefined ? UNUSUAL_MS : Math.max(LEAST_DRIPPING_MS, DRIPPING_MEDIANS * medianMs);
  }

  #settleAll(chunk: number, set: SetUnderWay | undefined): void {
    for (const source of this.#sources.values()) if (source.settle(chunk)) set?.settle(chunk);
  }
}
