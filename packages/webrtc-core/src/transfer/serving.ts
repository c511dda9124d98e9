// The moving part of a sender, from accept to the last agreed entry: reads, hashes and sends what is asked for,
// notes what the receiver holds, compares content ids. Knows no states and no user.
import { Bitfield } from '../content/bitfield.ts';
import { bundleRoot } from '../content/content-id.ts';
import { hashChunk, hashesEqual } from '../content/hash.ts';
import { BundleLayout } from '../content/layout.ts';
import type { Manifest } from '../content/manifest.ts';
import { indexesOf, type Run } from '../content/run.ts';
import type { ChunkSource } from '../content/source.ts';
import { ContentError, FerryError, ProtocolError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import type { Link } from '../wire/link.ts';
import type { CompleteMessage, TransferId } from '../wire/message.ts';
import type { HashJournal } from './hash-journal.ts';
import { Progress } from './progress.ts';
import { RequestQueue } from './request-queue.ts';

export interface ServingEvents {
  progress: undefined;
  /** The receiver holds everything it chose, and both agree on every content id; this side remembers it. */
  agreed: undefined;
  error: FerryError;
}

/** What a receiver got, as both sides agree: one root over the content ids of all chosen entries. */
export interface Delivered {
  entryCount: number;
  root: Uint8Array;
}

export interface ServingOptions {
  transfer: TransferId;
  /** Indexes of the chosen entries in the announced manifest. */
  chosen: Run[];
  manifest: Manifest;
  journal: Promise<HashJournal>;
  /** Must be remembered before the receiver is told that both agree on everything: it forgets then. */
  remember: (delivered: Delivered) => Promise<void>;
  clock: Clock;
}

/** Chunks of a file chosen again that are compared with what was sent before. */
const SAMPLES = 32;
/** What was sent since the last flush may have to be read again after a crash, never sent again. */
const FLUSH_AFTER_MS = 1000;

export class Serving {
  readonly chosen: readonly Run[];
  readonly manifest: Manifest;
  readonly events = new Emitter<ServingEvents>();
  /** Where chunks are read; undefined while the files are not at hand. */
  source: ChunkSource | undefined;
  link: Link | undefined;
  readonly #transfer: TransferId;
  readonly #layout: BundleLayout;
  readonly #clock: Clock;
  readonly #journal: Promise<HashJournal>;
  readonly #remember: ServingOptions['remember'];
  readonly #requests: RequestQueue;
  /** Entries that the receiver has whole, as both agree. */
  #agreed: Bitfield;
  #held: Bitfield;
  #progress: Progress;
  /** Something was asked for since the last accept: what the receiver held before that was not sent now. */
  #isAsking = false;
  #movedBytes = 0;
  /** Counts drops: what was begun before the last one is of no use any more. */
  #drops = 0;
  #cancelFlush: (() => void) | undefined;
  #delivered: Delivered | undefined;

  constructor({ transfer, chosen, manifest, journal, remember, clock }: ServingOptions) {
    this.#transfer = transfer;
    this.chosen = chosen;
    this.manifest = manifest;
    this.#journal = journal;
    this.#remember = remember;
    this.#clock = clock;
    this.#layout = new BundleLayout(manifest);
    this.#requests = new RequestQueue(this.#layout, (chunk) => this.#serve(chunk));
    this.#agreed = new Bitfield(this.#layout.entryCount);
    this.#held = new Bitfield(this.#layout.chunkCount);
    this.#progress = new Progress(this.#layout.totalBytes);
  }

  /** What the receiver says it holds. */
  get held(): Bitfield {
    return this.#held;
  }

  get progress(): Progress {
    return this.#progress;
  }

  /** Chunk bytes that were sent, those sent again included. */
  get movedBytes(): number {
    return this.#movedBytes;
  }

  /** Undefined until both agree on everything. */
  get delivered(): Delivered | undefined {
    return this.#delivered;
  }

  /** The receiver accepts again, on a new link or after a pause: it says anew what it holds and lacks. */
  restart(): void {
    this.drop();
    this.#held = new Bitfield(this.#layout.chunkCount);
    // It may have lost what it had not made durable; its last word is about everything.
    this.#agreed = new Bitfield(this.#layout.entryCount);
    this.#progress = new Progress(this.#layout.totalBytes);
    this.#isAsking = false;
  }

  /** @throws ProtocolError for chunks that do not exist or too many requests */
  request(chunks: Run[]): void {
    this.#isAsking = true;
    this.#requests.add(chunks);
  }

  /** Forgets what was asked for, also what is being read. */
  drop(): void {
    this.#drops++;
    this.#requests.drop();
    this.link?.dropChunks(this.#transfer);
  }

  /** @throws ProtocolError for chunks that do not exist */
  have(chunks: Run[]): void {
    let bytes = 0;
    for (const chunk of indexesOf(chunks)) {
      if (chunk >= this.#layout.chunkCount) throw ProtocolError.malformed('a chunk beyond the end is held');
      if (this.#held.set(chunk)) bytes += this.#layout.lengthOf(chunk);
    }
    if (this.#isAsking) this.#progress.add(bytes, this.#clock.now());
    else this.#progress.found(bytes);
    this.events.emit('progress', undefined);
  }

  /** @throws ProtocolError for entries that do not exist */
  complete({ firstEntry, entryCount, root }: CompleteMessage): void {
    if (entryCount === 0 || firstEntry + entryCount > this.#layout.entryCount) {
      throw ProtocolError.malformed('entries beyond the end are complete');
    }
    this.#compare({ first: firstEntry, count: entryCount }, root).catch((error: unknown) => this.#fail(error));
  }

  /** The first entry of which a sample reads otherwise in another source than what was sent; undefined when none does. */
  async firstDifference(other: ChunkSource): Promise<number | undefined> {
    const journal = await this.#journal;
    for (const chunk of samplesOf(this.#layout.chunkCount, (candidate) => journal.hashOf(candidate) !== undefined)) {
      const hash = await hashChunk(await other.read(chunk));
      if (!hashesEqual(hash, journal.hashOf(chunk)!)) return this.#layout.entryOf(chunk);
    }
    return undefined;
  }

  async close(): Promise<void> {
    this.#cancelFlush?.();
    this.drop();
    // What could not be flushed is read again, should it be needed.
    await this.#journal.then((journal) => journal.close()).catch(() => {});
  }

  async #serve(chunk: number): Promise<void> {
    const drops = this.#drops;
    try {
      const read = await this.#read(chunk);
      if (!read || drops !== this.#drops) return;
      const { bytes, hash } = read;
      const sent = await this.link?.sendChunk({ type: 'chunk', transfer: this.#transfer, index: chunk, hash, bytes });
      if (sent) this.#movedBytes += bytes.length;
    } catch (error) {
      if (drops === this.#drops) this.#fail(error);
    }
  }

  /** Undefined while the files are not at hand. */
  async #read(chunk: number): Promise<{ bytes: Uint8Array; hash: Uint8Array } | undefined> {
    const { source } = this;
    if (!source) return undefined;
    const bytes = await source.read(chunk);
    const [hash, journal] = await Promise.all([hashChunk(bytes), this.#journal]);
    const known = journal.hashOf(chunk);
    // Files may look the same and not be: what was sent and is sent again must be of one content.
    if (known && !hashesEqual(known, hash)) throw ContentError.sourceChanged(this.#layout.entryOf(chunk));
    if (!known) this.#note(journal, chunk, hash);
    return { bytes, hash };
  }

  #note(journal: HashJournal, chunk: number, hash: Uint8Array): void {
    journal.note(chunk, hash);
    this.#cancelFlush ??= this.#clock.after(FLUSH_AFTER_MS, () => {
      this.#cancelFlush = undefined;
      // What is lost is read again: no reason to stop sending.
      journal.flush().catch(() => {});
    });
  }

  async #compare(entries: Run, root: Uint8Array): Promise<void> {
    if (!(await this.#knowsHashesOf(entries))) return;
    const journal = await this.#journal;
    const own = bundleRoot(this.#layout, entries, (chunk) => journal.hashOf(chunk));
    if (!own || !hashesEqual(own, root)) throw ContentError.chunkCorrupt('the content ids differ');
    for (let entry = entries.first; entry < entries.first + entries.count; entry++) this.#agreed.set(entry);
    if (this.#agreed.isFull) await this.#rememberAll(journal);
    const { first: firstEntry, count: entryCount } = entries;
    this.link?.send({ type: 'complete', transfer: this.#transfer, firstEntry, entryCount, root: own });
    if (this.#agreed.isFull) this.events.emit('agreed', undefined);
  }

  async #rememberAll(journal: HashJournal): Promise<void> {
    const { entryCount } = this.#layout;
    const root = bundleRoot(this.#layout, { first: 0, count: entryCount }, (chunk) => journal.hashOf(chunk));
    if (!root) return;
    this.#delivered = { entryCount, root };
    await this.#remember(this.#delivered);
  }

  /** Reads what was sent before this program was started and not remembered; false when the files are not at hand. */
  async #knowsHashesOf({ first, count }: Run): Promise<boolean> {
    const journal = await this.#journal;
    for (let entry = first; entry < first + count; entry++) {
      for (const chunk of indexesOf([this.#layout.chunksOf(entry)])) {
        if (!journal.hashOf(chunk) && !(await this.#read(chunk))) return false;
      }
    }
    return true;
  }

  #fail(error: unknown): void {
    this.events.emit('error', error instanceof FerryError ? error : ContentError.storeFailed(error));
  }
}

/** Spread evenly over those that qualify, the first and the last among them. */
function samplesOf(chunkCount: number, qualifies: (chunk: number) => boolean): number[] {
  const known: number[] = [];
  for (let chunk = 0; chunk < chunkCount; chunk++) if (qualifies(chunk)) known.push(chunk);
  const step = Math.max(1, (known.length - 1) / (SAMPLES - 1));
  const samples = new Set<number>();
  for (let at = 0; at < known.length; at += step) samples.add(known[Math.round(at)]!);
  return [...samples];
}
