// Hashes shared files in idle time: the smallest first, one at a time, resting as long as it worked, and not at all
// while somebody says that there is better to do. Knows no folders and no server.
import { CHUNK_BYTES, type Clock, systemClock } from '@ferry/webrtc-core';
import { type Entry, type FileState, isSameState } from './entry-change.ts';
import type { EntryChanges, HashedFile } from './entry-changes.ts';
import type { EntryRecords } from './entry-records.ts';
import { hashFile } from './file-hashing.ts';
import type { OpenShare } from './open-share.ts';

/** Remembered together: small files cost more to remember than to hash. */
const BATCH_FILES = 64;
const BATCH_BYTES = 8 * 1024 * 1024;
/** Entries looked through at once. */
const READ_AT_ONCE = 1000;

interface SizeRange {
  from: number;
  below: number;
}
/** Most files are small, and most bytes are in large ones: all of a range come before all of the next. */
const SIZES: SizeRange[] = [64 * 1024, CHUNK_BYTES, 16 * CHUNK_BYTES, 256 * CHUNK_BYTES, Number.POSITIVE_INFINITY].map(
  (below, index, bounds) => ({ from: bounds[index - 1] ?? 0, below }),
);

/** Of work, until the next rest. */
const WORK_MS = 25;

export interface HashingOptions {
  entries: EntryRecords;
  changes: EntryChanges;
  /** Content ids of some of its files are known. */
  hashed: (shareId: string) => void;
  /** A file is not as it is listed. */
  differs: (shareId: string, path: string) => void;
  clock?: Clock;
}

export class Hashing {
  readonly #options: HashingOptions;
  readonly #clock: Clock;
  readonly #sources = new Map<string, OpenShare>();
  /** Reasons to hash nothing now. */
  readonly #reasons = new Set<string>();
  #workingSinceMs = 0;
  #isRunning = false;
  /** There is something new: what was gone through may have something to hash again. */
  #isOutOfDate = false;
  #wakers: (() => void)[] = [];

  constructor(options: HashingOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  /** The files of exactly these shares can be opened. */
  setSources(sources: ReadonlyMap<string, OpenShare>): void {
    this.#sources.clear();
    for (const [shareId, source] of sources) this.#sources.set(shareId, source);
    this.wake();
  }

  hold(reason: string): void {
    this.#reasons.add(reason);
  }

  release(reason: string): void {
    this.#reasons.delete(reason);
    for (const wake of this.#wakers.splice(0)) wake();
  }

  /** There may be something to hash. */
  wake(): void {
    this.#isOutOfDate = true;
    for (const wake of this.#wakers.splice(0)) wake();
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    this.#workingSinceMs = this.#clock.now();
    try {
      do {
        this.#isOutOfDate = false;
        for (const range of SIZES) await this.#hashThoseOf(range);
      } while (this.#isOutOfDate);
    } finally {
      this.#isRunning = false;
    }
  }

  /** Every file of some sizes, share by share; until there is something new, which may be smaller. */
  async #hashThoseOf(range: SizeRange): Promise<void> {
    for (const shareId of [...this.#sources.keys()]) {
      let after: string | undefined;
      do {
        await this.#whenFree();
        if (this.#isOutOfDate) return;
        const page = await this.#options.entries.page(shareId, { after, limit: READ_AT_ONCE });
        for (const batch of batchesOf(page.filter((entry) => isToHash(entry, range)))) await this.#hashBatch(batch);
        after = page.at(-1)?.path;
        await this.#rest();
      } while (after !== undefined);
    }
  }

  async #hashBatch(batch: readonly Entry[]): Promise<void> {
    const shareId = batch[0]!.shareId;
    const done: HashedFile[] = [];
    for (const entry of batch) {
      const source = this.#sources.get(shareId);
      if (!source) break;
      const file = await this.#hash(entry, source);
      if (file) done.push(file);
      await this.#rest();
    }
    if ((await this.#options.changes.putHashed(shareId, done)) > 0) this.#options.hashed(shareId);
  }

  /** Undefined: the share was closed meanwhile. */
  async #hash(entry: Entry, source: OpenShare): Promise<HashedFile | undefined> {
    const { shareId, path, sizeBytes, modifiedMs } = entry;
    const state = { sizeBytes, modifiedMs };
    try {
      const file = await source.file(path);
      const isSame = isSameState(state, stateOf(file));
      const hash = isSame && (await hashFile(file, () => this.#restWhileOpen(shareId)));
      if (hash) return { path, state, ...hash };
    } catch {
      if (!this.#sources.has(shareId)) return undefined;
    }
    // One that cannot be read waits for the next walk, as every other one does that was dropped.
    const now = await source.file(path).then(stateOf, () => undefined);
    if (!now || !isSameState(state, now)) this.#options.differs(shareId, path);
    return { path, state, contentId: null };
  }

  async #restWhileOpen(shareId: string): Promise<void> {
    await this.#rest();
    if (!this.#sources.has(shareId)) throw new Error('closed');
  }

  async #rest(): Promise<void> {
    const workedMs = this.#clock.now() - this.#workingSinceMs;
    if (workedMs >= WORK_MS) {
      await new Promise<void>((resolve) => this.#clock.after(workedMs, resolve));
      this.#workingSinceMs = this.#clock.now();
    }
    await this.#whenFree();
  }

  async #whenFree(): Promise<void> {
    while (this.#reasons.size > 0) {
      await new Promise<void>((resolve) => this.#wakers.push(resolve));
      this.#workingSinceMs = this.#clock.now();
    }
  }
}

function stateOf({ size, lastModified }: File): FileState {
  return { sizeBytes: size, modifiedMs: lastModified };
}

function isToHash({ sizeBytes, contentId, isUnreadable }: Entry, { from, below }: SizeRange): boolean {
  return contentId === null && !isUnreadable && sizeBytes >= from && sizeBytes < below;
}

/** The smallest first. */
function* batchesOf(entries: readonly Entry[]): Generator<Entry[]> {
  let batch: Entry[] = [];
  let bytes = 0;
  for (const entry of entries.toSorted((a, b) => a.sizeBytes - b.sizeBytes)) {
    if (batch.length === BATCH_FILES || (batch.length > 0 && bytes + entry.sizeBytes > BATCH_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(entry);
    bytes += entry.sizeBytes;
  }
  if (batch.length > 0) yield batch;
}
