// The chunks of one bundle in the origin private file system, for workers: a data file with each chunk at its
// offset, and a journal of what is held. Knows nothing of transfers and of folders.
import type { ReadonlyBitfield } from '../content/bitfield.ts';
import type { BundleLayout } from '../content/layout.ts';
import type { ChunkStore } from '../content/store.ts';
import { ContentError } from '../errors.ts';
import { type Clock, systemClock } from '../util/clock.ts';
import { ChunkJournal } from './opfs-journal.ts';
import { StoreFile } from './store-file.ts';
import type { SyncAccessHandle } from './sync-access-handle.ts';

/** A crash costs at most what was written since the last flush: about this much, or this long. */
const FLUSH_BYTES = 8 * 1024 * 1024;
const FLUSH_MS = 500;
/**
 * A disk that takes so much sooner than this is not stopped for it: a flush has a price of its own, and one
 * after every 8 MiB made writing at full speed up to a third slower.
 */
const FLUSH_PAUSE_MS = 250;

export class OpfsStore implements ChunkStore {
  readonly #layout: BundleLayout;
  readonly #data: StoreFile;
  readonly #journal: ChunkJournal;
  readonly #clock: Clock;
  #unflushedBytes = 0;
  /** When the first of them was written. */
  #unflushedSinceMs = 0;
  #cancelFlush: (() => void) | undefined;
  #closed = false;

  /** @throws ContentError `store-full` when not even the journal fits; the handles stay the caller's then */
  constructor(layout: BundleLayout, data: SyncAccessHandle, journal: SyncAccessHandle, clock: Clock = systemClock) {
    this.#layout = layout;
    this.#data = new StoreFile(data);
    this.#journal = new ChunkJournal(journal, layout.chunkCount);
    this.#clock = clock;
    this.#forgetLostChunks();
  }

  get have(): ReadonlyBitfield {
    return this.#journal.have;
  }

  hashOf(chunk: number): Uint8Array | undefined {
    return this.#journal.hashOf(chunk);
  }

  async read(chunk: number): Promise<Uint8Array> {
    const { storageOffset, length } = this.#layout.place(chunk);
    if (!this.have.has(chunk)) throw ContentError.storeFailed();
    const bytes = new Uint8Array(length);
    this.#data.read(bytes, storageOffset);
    return bytes;
  }

  async write(chunk: number, bytes: Uint8Array, hash: Uint8Array): Promise<void> {
    const { storageOffset } = this.#layout.place(chunk);
    // Before the chunk is written, so that a flush that fails, or failed by itself, leaves it simply not held.
    if (this.#isFlushDue(bytes.length)) await this.flush();
    if (this.have.has(chunk)) this.#journal.forget([chunk]);
    this.#data.write(bytes, storageOffset);
    this.#journal.note(chunk, hash);
    if (this.#unflushedBytes === 0) this.#startFlushTimer();
    this.#unflushedBytes += bytes.length;
  }

  /** Data first, then hashes, then the bitfield: the journal never claims what is not there. */
  async flush(): Promise<void> {
    if (this.#unflushedBytes === 0 || this.#closed) return;
    this.#cancelFlush?.();
    this.#data.flush();
    this.#journal.flush();
    this.#unflushedBytes = 0;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    try {
      await this.flush();
    } finally {
      this.#closed = true;
      this.#data.close();
      this.#journal.close();
    }
  }

  #isFlushDue(moreBytes: number): boolean {
    if (this.#unflushedBytes === 0) return false;
    const elapsedMs = this.#clock.now() - this.#unflushedSinceMs;
    const enough = this.#unflushedBytes + moreBytes > FLUSH_BYTES;
    return elapsedMs >= (enough ? FLUSH_PAUSE_MS : FLUSH_MS);
  }

  #startFlushTimer(): void {
    this.#unflushedSinceMs = this.#clock.now();
    this.#cancelFlush = this.#clock.after(FLUSH_MS, () => {
      // Whoever writes, flushes or closes next tries again, and is told.
      void this.flush().catch(() => {});
    });
  }

  /** The data file may have lost its end, or be gone. */
  #forgetLostChunks(): void {
    const { sizeBytes } = this.#data;
    const lost: number[] = [];
    for (let chunk = this.have.nextSet(); chunk !== -1; chunk = this.have.nextSet(chunk + 1)) {
      const { storageOffset, length } = this.#layout.place(chunk);
      if (storageOffset + length > sizeBytes) lost.push(chunk);
    }
    this.#journal.forget(lost);
  }
}
