// The moving part of a sender, from accept to the last agreed entry: reads, hashes and sends what is asked for,
// notes what the receiver holds, compares content ids. Knows no states and no user.
import { Bitfield } from '../content/bitfield.ts';
import { contentId } from '../content/content-id.ts';
import { HASH_BYTES, hashChunk, hashesEqual } from '../content/hash.ts';
import { BundleLayout } from '../content/layout.ts';
import type { Manifest } from '../content/manifest.ts';
import { merkleRoot } from '../content/merkle.ts';
import { indexesOf, type Run } from '../content/run.ts';
import type { Availability, ChunkSource } from '../content/source.ts';
import { ContentError, FerryError, ProtocolError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import { WIRE_LIMITS } from '../wire/limits.ts';
import type { Link } from '../wire/link.ts';
import type { CompleteMessage, HashRequestMessage, TransferId } from '../wire/message.ts';
import type { RateLimit } from '../wire/rate-limit.ts';
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
  /** A bound of its own on chunk bytes a second, besides those of the link. */
  rate?: RateLimit | undefined;
}

/** Where the bytes of what was chosen are. */
export interface ServingContent {
  source: ChunkSource;
  /** See {@link Bundle.chunkHashes}. */
  hashesOf?: ((entry: number) => Promise<Uint8Array | undefined>) | undefined;
  /** Absent when all of it is here. */
  availability?: Availability | undefined;
}

/** Chunks of a file chosen again that are compared with what was sent before. */
const SAMPLES = 32;
/** What was sent since the last flush may have to be read again after a crash, never sent again. */
const FLUSH_AFTER_MS = 1000;

export class Serving {
  readonly chosen: readonly Run[];
  readonly manifest: Manifest;
  readonly events = new Emitter<ServingEvents>();
  link: Link | undefined;
  readonly #transfer: TransferId;
  readonly #layout: BundleLayout;
  readonly #clock: Clock;
  readonly #journal: Promise<HashJournal>;
  readonly #remember: ServingOptions['remember'];
  readonly #requests: RequestQueue;
  readonly #rate: RateLimit | undefined;
  #content: ServingContent | undefined;
  #stopTelling: (() => void) | undefined;
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

  constructor({ transfer, chosen, manifest, journal, remember, clock, rate }: ServingOptions) {
    this.#transfer = transfer;
    this.chosen = chosen;
    this.manifest = manifest;
    this.#journal = journal;
    this.#remember = remember;
    this.#clock = clock;
    this.#rate = rate;
    this.#layout = new BundleLayout(manifest);
    this.#requests = new RequestQueue(this.#layout, (chunk) => this.#serve(chunk));
    this.#agreed = new Bitfield(this.#layout.entryCount);
    this.#held = new Bitfield(this.#layout.chunkCount);
    this.#progress = new Progress(this.#layout.totalBytes);
  }

  /** Where chunks are read; undefined while the files are not at hand. */
  set content(content: ServingContent | undefined) {
    this.#content = content;
    this.#tellAvailable();
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
    this.#tellAvailable();
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

  /**
   * Tells the hashes that make up an entry's content id; none when they are not known.
   * @throws ProtocolError for an entry that does not exist
   */
  tellHashes({ entry, firstChunk }: HashRequestMessage): void {
    if (entry >= this.#layout.entryCount) throw ProtocolError.malformed('hashes of an entry beyond the end');
    this.#knownHashes(entry).then(
      (known) => {
        const from = firstChunk * HASH_BYTES;
        const hashes = known?.subarray(from, from + WIRE_LIMITS.maxHashes * HASH_BYTES) ?? new Uint8Array(0);
        this.link?.send({ type: 'hashes', transfer: this.#transfer, entry, firstChunk, hashes });
      },
      (error: unknown) => this.#fail(error),
    );
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
    this.#stopTelling?.();
    this.drop();
    // What could not be flushed is read again, should it be needed.
    await this.#journal.then((journal) => journal.close()).catch(() => {});
  }

  async #serve(chunk: number): Promise<void> {
    const drops = this.#drops;
    try {
      await this.#turn(this.#layout.lengthOf(chunk));
      if (drops !== this.#drops) return;
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
    // What is only partly here was not asked for where it is not, but by somebody who does not listen.
    if (!this.#content || this.#content.availability?.have.has(chunk) === false) return undefined;
    const bytes = await this.#content.source.read(chunk);
    const [hash, journal] = await Promise.all([hashChunk(bytes), this.#journal]);
    const known = journal.hashOf(chunk);
    // Files may look the same and not be: what was sent and is sent again must be of one content.
    const isOther = known && !hashesEqual(known, hash);
    if (isOther || !(await this.#isOfContentId(chunk, hash))) {
      throw ContentError.sourceChanged(this.#layout.entryOf(chunk));
    }
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
    const own = this.#rootOf(entries, await this.#journal);
    if (!own || !hashesEqual(own, root)) throw ContentError.chunkCorrupt('the content ids differ');
    for (let entry = entries.first; entry < entries.first + entries.count; entry++) this.#agreed.set(entry);
    if (this.#agreed.isFull) await this.#rememberAll();
    const { first: firstEntry, count: entryCount } = entries;
    this.link?.send({ type: 'complete', transfer: this.#transfer, firstEntry, entryCount, root: own });
    if (this.#agreed.isFull) this.events.emit('agreed', undefined);
  }

  async #rememberAll(): Promise<void> {
    const { entryCount } = this.#layout;
    const root = this.#rootOf({ first: 0, count: entryCount }, await this.#journal);
    if (!root) return;
    this.#delivered = { entryCount, root };
    await this.#remember(this.#delivered);
  }

  /** Reads what was sent before this program was started and not remembered; false when the files are not at hand. */
  async #knowsHashesOf({ first, count }: Run): Promise<boolean> {
    const journal = await this.#journal;
    for (let entry = first; entry < first + count; entry++) {
      if (this.manifest.entries[entry]!.contentId) continue;
      for (const chunk of indexesOf([this.#layout.chunksOf(entry)])) {
        if (!journal.hashOf(chunk) && !(await this.#read(chunk))) return false;
      }
    }
    return true;
  }

  /** Over the content ids of these entries, as far as they are known. */
  #rootOf({ first, count }: Run, journal: HashJournal): Uint8Array | undefined {
    const ids: Uint8Array[] = [];
    for (let entry = first; entry < first + count; entry++) {
      const known = this.manifest.entries[entry]!.contentId;
      const id = known ?? contentId(this.#layout, entry, (chunk) => journal.hashOf(chunk));
      if (!id) return undefined;
      ids.push(id);
    }
    return merkleRoot(ids);
  }

  async #knownHashes(entry: number): Promise<Uint8Array | undefined> {
    return this.manifest.entries[entry]!.contentId ? this.#content?.hashesOf?.(entry) : undefined;
  }

  /** A file may have another content and look as it did: whoever it is for would blame this side for it. */
  async #isOfContentId(chunk: number, hash: Uint8Array): Promise<boolean> {
    const entry = this.#layout.entryOf(chunk);
    const id = this.manifest.entries[entry]!.contentId;
    if (!id) return true;
    const { first, count } = this.#layout.chunksOf(entry);
    if (count === 1) return hashesEqual(merkleRoot([hash]), id);
    const known = await this.#knownHashes(entry);
    const at = (chunk - first) * HASH_BYTES;
    return !known || hashesEqual(hash, known.subarray(at, at + HASH_BYTES));
  }

  /** Waits until the bound on bytes a second allows so many more. */
  async #turn(bytes: number): Promise<void> {
    const rate = this.#rate;
    if (!rate) return;
    for (let waitMs = rate.waitMs(); waitMs > 0; waitMs = rate.waitMs()) {
      await new Promise<void>((resolve) => this.#clock.after(waitMs, resolve));
    }
    rate.spend(bytes);
  }

  /** Of what is still being fetched here itself: what there is, now and whenever more comes. */
  #tellAvailable(): void {
    this.#stopTelling?.();
    const availability = this.#content?.availability;
    if (!availability) return;
    const tell = (runs: readonly Run[]) => {
      for (let at = 0; at < runs.length; at += WIRE_LIMITS.maxRuns) {
        const chunks = runs.slice(at, at + WIRE_LIMITS.maxRuns);
        this.link?.send({ type: 'have', transfer: this.#transfer, chunks });
      }
    };
    tell(availability.have.runs());
    this.#stopTelling = availability.events.on('more', tell);
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
