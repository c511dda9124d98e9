// The port between a fetch and what decides which chunk is asked of which source: bookkeeping without I/O, clock or
// messages.
import type { Run } from '../content/run.ts';

/** What to say to which source; there may be several for one. */
export type Asks = Iterable<readonly [source: string, chunks: Run[]]>;

export interface ChunkScheduler {
  /** @param has which chunks may be asked of it; `refresh` when that changed */
  addSource(source: string, has?: (chunk: number) => boolean): void;
  /** What was asked of it is missing again. */
  removeSource(source: string): void;
  /** It may be asked for more than before. */
  refresh(source: string): void;
  /** What to ask now that something is different, with one source where that is all. */
  next(nowMs: number, source?: string): Asks;
  /** It is as it should be, and about to be stored. */
  arrived(source: string, chunk: number, nowMs: number): void;
  /** Whether the store has it and does not hold it yet; see {@link ChunkSets}. */
  isKept(chunk: number): boolean;
  /** Whether it may be stored: also what was asked of a source that is gone, not what nobody ever asks for now. */
  isWelcome(chunk: number): boolean;
  /** It is held now. It may have come late, from a source that is gone, or with others of its set. */
  landed(chunk: number): void;
  /** The source's answer is useless: the chunk is missing again. */
  failed(source: string, chunk: number): void;
  /** It arrived, and could not be stored. */
  lost(source: string, chunk: number): void;
  /** Whether something is outstanding at a source. */
  isBusy(source: string): boolean;
  /** Chunks that are fetched now and are not here; some of the first where there are many. */
  lacking(): Iterable<number>;
  /** Chunks that may be asked for soon and were not told here before, where that is not all of them from the start. */
  takeUpcoming(): readonly number[];
}
