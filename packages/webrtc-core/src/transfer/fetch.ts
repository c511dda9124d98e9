// The moving part of a receiver, from accept to the last agreed entry: asks sources for chunks, verifies
// and stores them, reports what is held, compares content ids. Knows no states and no user.
import { bundleRoot } from '../content/content-id.ts';
import { hashChunk, hashesEqual } from '../content/hash.ts';
import type { BundleLayout } from '../content/layout.ts';
import type { Manifest } from '../content/manifest.ts';
import { type Run, runsOf } from '../content/run.ts';
import type { ChunkStore } from '../content/store.ts';
import { ContentError, FerryError, ProtocolError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import { WIRE_LIMITS } from '../wire/limits.ts';
import type { Link } from '../wire/link.ts';
import type { ChunkMessage, CompleteMessage, TransferId } from '../wire/message.ts';
import { Completion } from './completion.ts';
import type { ReceivedOutcome } from './outcomes.ts';
import { Progress } from './progress.ts';
import { OUTSTANDING_BYTES, Scheduler } from './scheduler.ts';

export interface FetchEvents {
  progress: undefined;
  /** Every chunk is verified and stored. */
  held: undefined;
  /** Both sides agree on every content id. */
  agreed: undefined;
  error: FerryError;
  'bad-source': { peerId: string; error: ContentError };
}

export interface FetchOptions {
  transfer: TransferId;
  chosen: Manifest;
  chosenRuns: readonly Run[];
  layout: BundleLayout;
  store: ChunkStore;
  clock: Clock;
  /** What had arrived before, when this one takes another's place. */
  movedBytes?: number;
}

/** The sender draws what we hold from these reports: a few a second are smooth, one a chunk is a waste. */
const REPORT_INTERVAL_MS = 200;
/** One bad chunk may be a bit flipped in somebody's memory; this many are no accident. */
const CORRUPT_CHUNKS_TOLERATED = 3;

interface Source {
  link: Link;
  corruptChunks: number;
}

export class Fetch {
  /** What was accepted; chunks and entries are numbered within it. */
  readonly chosen: Manifest;
  /** Indexes of {@link chosen} in the announced manifest. */
  readonly chosenRuns: readonly Run[];
  readonly store: ChunkStore;
  readonly completion: Completion;
  readonly progress: Progress;
  readonly events = new Emitter<FetchEvents>();
  readonly #transfer: TransferId;
  readonly #layout: BundleLayout;
  readonly #clock: Clock;
  readonly #scheduler: Scheduler;
  readonly #sources = new Map<string, Source>();
  /** Being verified or written: arrived, but not yet held. */
  readonly #landing = new Set<number>();
  #landingBytes = 0;
  #unreported: number[] = [];
  #cancelReport: (() => void) | undefined;
  #movedBytes: number;
  /** Making everything durable before the last word; begun anew when a source comes meanwhile. */
  #isFinishing = false;
  #closed = false;

  constructor(options: FetchOptions) {
    this.#transfer = options.transfer;
    this.#layout = options.layout;
    this.#clock = options.clock;
    this.#movedBytes = options.movedBytes ?? 0;
    this.chosen = options.chosen;
    this.chosenRuns = options.chosenRuns;
    this.store = options.store;
    this.completion = new Completion(this.#layout, this.store.have);
    this.#scheduler = new Scheduler(this.#layout, this.store.have);
    this.progress = new Progress(this.#layout.totalBytes, this.#heldBytes());
  }

  /** Chunk bytes that arrived, those that were not needed or damaged included. */
  get movedBytes(): number {
    return this.#movedBytes;
  }

  tellHeld(link: Link): void {
    sendRuns(this.store.have.runs(), (chunks) => link.send({ type: 'have', transfer: this.#transfer, chunks }));
  }

  /** Asks a source, which was told what is held, for what is missing. */
  addSource(peerId: string, link: Link): void {
    this.#sources.set(peerId, { link, corruptChunks: 0 });
    this.#scheduler.removeSource(peerId);
    this.#scheduler.addSource(peerId);
    this.completion.repeat();
    this.#request(peerId);
    this.#afterProgress();
  }

  removeSource(peerId: string): void {
    this.#sources.delete(peerId);
    this.#scheduler.removeSource(peerId);
    // What it had outstanding can be asked of the others.
    for (const other of this.#sources.keys()) this.#request(other);
  }

  /** Asks nobody for anything; what still arrives is kept. */
  pause(): void {
    for (const peerId of this.#sources.keys()) this.#scheduler.removeSource(peerId);
    this.#report();
    this.#sources.clear();
    this.#flush();
  }

  /**
   * Verifies and stores one chunk; resolves when its bytes are no longer needed. A chunk that is held
   * already, or came after a pause, is no fault of the source.
   * @throws ProtocolError for a chunk that cannot be part of this bundle
   */
  async take(peerId: string, { index, hash, bytes }: ChunkMessage): Promise<void> {
    if (index >= this.#layout.chunkCount) throw ProtocolError.malformed('a chunk beyond the end');
    if (bytes.length !== this.#layout.lengthOf(index)) throw ProtocolError.malformed('a chunk of wrong length');
    if (this.#landingBytes > 2 * OUTSTANDING_BYTES) throw ProtocolError.limitExceeded('chunks nobody asked for');
    this.#movedBytes += bytes.length;
    if (this.#closed || this.store.have.has(index) || this.#landing.has(index)) return;
    this.#landing.add(index);
    this.#landingBytes += bytes.length;
    try {
      if (!hashesEqual(await hashChunk(bytes), hash)) return this.#blame(peerId, index);
      if (!this.#closed) await this.store.write(index, bytes, hash);
    } catch (error) {
      this.#scheduler.failed(peerId, index);
      return this.#fail(error);
    } finally {
      this.#landing.delete(index);
      this.#landingBytes -= bytes.length;
    }
    if (!this.#closed) this.#landed(peerId, index, bytes.length);
  }

  /** What is to be remembered once it is done; undefined before all is whole. */
  outcome(): ReceivedOutcome | undefined {
    const { entryCount } = this.#layout;
    if (!this.completion.allWhole) return undefined;
    const root = bundleRoot(this.#layout, { first: 0, count: entryCount }, (chunk) => this.store.hashOf(chunk))!;
    return { status: 'done', chosenRuns: this.chosenRuns, entryCount, root };
  }

  /** Says once more that everything is here, to a source that missed it. */
  sayAll(link: Link): void {
    this.#sayComplete(link, { first: 0, count: this.#layout.entryCount });
  }

  /** @throws ProtocolError when the source agrees to what was not said */
  agree({ firstEntry, entryCount, root }: CompleteMessage): void {
    const entries: Run = { first: firstEntry, count: entryCount };
    const exist = entryCount > 0 && firstEntry + entryCount <= this.#layout.entryCount;
    if (!exist || !this.completion.isWhole(entries)) {
      throw ProtocolError.unexpected('agreement on entries that are not complete');
    }
    const own = bundleRoot(this.#layout, entries, (chunk) => this.store.hashOf(chunk));
    if (!own || !hashesEqual(own, root)) {
      return this.events.emit('error', ContentError.chunkCorrupt('the content ids differ'));
    }
    this.completion.agree(entries);
    this.events.emit('progress', undefined);
    if (this.completion.allAgreed) this.events.emit('agreed', undefined);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelReport?.();
    this.#sources.clear();
    await this.store.close().catch(() => {
      // What could not be flushed is not held, and fetched again.
    });
  }

  #landed(peerId: string, chunk: number, length: number): void {
    this.#scheduler.landed(chunk);
    this.completion.landed(chunk);
    this.progress.add(length, this.#clock.now());
    this.#unreported.push(chunk);
    this.#request(peerId);
    this.events.emit('progress', undefined);
    this.#afterProgress();
  }

  #afterProgress(): void {
    if (this.completion.allWhole) void this.#finish();
    else this.#cancelReport ??= this.#clock.after(REPORT_INTERVAL_MS, () => this.#report());
  }

  /** The sender forgets once it hears that all is here: a crash must not make that untrue. */
  async #finish(): Promise<void> {
    if (this.#isFinishing) return;
    this.#isFinishing = true;
    try {
      await this.store.flush();
    } catch (error) {
      return this.#fail(error);
    } finally {
      this.#isFinishing = false;
    }
    if (this.#closed) return;
    this.#report({ isDurable: true });
    this.events.emit('held', undefined);
  }

  #flush(): void {
    this.store.flush().catch((error: unknown) => this.#fail(error));
  }

  #fail(error: unknown): void {
    if (!this.#closed) this.events.emit('error', error instanceof FerryError ? error : ContentError.storeFailed(error));
  }

  #request(peerId: string): void {
    const source = this.#sources.get(peerId);
    if (!source) return;
    sendRuns(this.#scheduler.take(peerId), (chunks) =>
      source.link.send({ type: 'request', transfer: this.#transfer, chunks }),
    );
  }

  #report({ isDurable = false } = {}): void {
    this.#cancelReport?.();
    this.#cancelReport = undefined;
    const have = runsOf(this.#unreported.sort((a, b) => a - b));
    // The last word waits until all of it is durable.
    const complete = isDurable || !this.completion.allWhole ? this.completion.takeUnsaid() : [];
    this.#unreported = [];
    for (const { link } of this.#sources.values()) {
      sendRuns(have, (chunks) => link.send({ type: 'have', transfer: this.#transfer, chunks }));
      for (const entries of complete) this.#sayComplete(link, entries);
    }
  }

  #sayComplete(link: Link, entries: Run): void {
    const root = bundleRoot(this.#layout, entries, (chunk) => this.store.hashOf(chunk))!;
    link.send({
      type: 'complete',
      transfer: this.#transfer,
      firstEntry: entries.first,
      entryCount: entries.count,
      root,
    });
  }

  #blame(peerId: string, chunk: number): void {
    this.#scheduler.failed(peerId, chunk);
    const source = this.#sources.get(peerId);
    if (!source) return;
    source.corruptChunks++;
    if (source.corruptChunks < CORRUPT_CHUNKS_TOLERATED) return this.#request(peerId);
    this.events.emit('bad-source', { peerId, error: ContentError.chunkCorrupt(`${source.corruptChunks} bad chunks`) });
  }

  #heldBytes(): number {
    let bytes = 0;
    for (let chunk = this.store.have.nextSet(); chunk !== -1; chunk = this.store.have.nextSet(chunk + 1)) {
      bytes += this.#layout.lengthOf(chunk);
    }
    return bytes;
  }
}

/** As many messages as the bound on runs asks for; none for no runs. */
function sendRuns(runs: Run[], send: (runs: Run[]) => void): void {
  for (let at = 0; at < runs.length; at += WIRE_LIMITS.maxRuns) send(runs.slice(at, at + WIRE_LIMITS.maxRuns));
}
