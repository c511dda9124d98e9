// The moving part of a sender, from accept to the last agreed entry: reads, hashes and sends what is asked for,
// notes what the receiver holds, compares content ids. Knows no states and no user.
import { Bitfield } from '../content/bitfield.ts';
import { HASH_BYTES, hashesEqual } from '../content/hash.ts';
import { BundleLayout } from '../content/layout.ts';
import type { Manifest } from '../content/manifest.ts';
import { indexesOf, type Run } from '../content/run.ts';
import type { ChunkSource } from '../content/source.ts';
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
import { ServedContent, type ServingContent } from './served-content.ts';

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

export class Serving {
  readonly chosen: readonly Run[];
  readonly manifest: Manifest;
  readonly events = new Emitter<ServingEvents>();
  link: Link | undefined;
  readonly #transfer: TransferId;
  readonly #layout: BundleLayout;
  readonly #clock: Clock;
  readonly #remember: ServingOptions['remember'];
  readonly #requests: RequestQueue;
  readonly #rate: RateLimit | undefined;
  readonly #served: ServedContent;
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
  #delivered: Delivered | undefined;

  constructor({ transfer, chosen, manifest, journal, remember, clock, rate }: ServingOptions) {
    this.#transfer = transfer;
    this.chosen = chosen;
    this.manifest = manifest;
    this.#remember = remember;
    this.#clock = clock;
    this.#rate = rate;
    this.#layout = new BundleLayout(manifest);
    this.#served = new ServedContent(manifest, this.#layout, journal, clock);
    this.#requests = new RequestQueue(this.#layout, (chunk) => this.#serve(chunk));
    this.#agreed = new Bitfield(this.#layout.entryCount);
    this.#held = new Bitfield(this.#layout.chunkCount);
    this.#progress = new Progress(this.#layout.totalBytes);
  }

  /** Where chunks are read; undefined while the files are not at hand. */
  set content(content: ServingContent | undefined) {
    this.#served.content = content;
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
    this.#served.hashesOf(entry).then(
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
    return this.#served.firstDifference(other);
  }

  async close(): Promise<void> {
    this.#stopTelling?.();
    this.drop();
    await this.#served.close();
  }

  async #serve(chunk: number): Promise<void> {
    const drops = this.#drops;
    try {
      await this.#turn(this.#layout.lengthOf(chunk));
      if (drops !== this.#drops) return;
      const read = await this.#served.read(chunk);
      if (!read || drops !== this.#drops) return;
      const { bytes, hash } = read;
      const sent = await this.link?.sendChunk({ type: 'chunk', transfer: this.#transfer, index: chunk, hash, bytes });
      if (sent) this.#movedBytes += bytes.length;
    } catch (error) {
      if (drops === this.#drops) this.#fail(error);
    }
  }

  async #compare(entries: Run, root: Uint8Array): Promise<void> {
    if (!(await this.#served.knowsHashesOf(entries))) return;
    const own = await this.#served.rootOf(entries);
    if (!own || !hashesEqual(own, root)) throw ContentError.chunkCorrupt('the content ids differ');
    for (let entry = entries.first; entry < entries.first + entries.count; entry++) this.#agreed.set(entry);
    if (this.#agreed.isFull) await this.#rememberAll();
    const { first: firstEntry, count: entryCount } = entries;
    this.link?.send({ type: 'complete', transfer: this.#transfer, firstEntry, entryCount, root: own });
    if (this.#agreed.isFull) this.events.emit('agreed', undefined);
  }

  async #rememberAll(): Promise<void> {
    const { entryCount } = this.#layout;
    const root = await this.#served.rootOf({ first: 0, count: entryCount });
    if (!root) return;
    this.#delivered = { entryCount, root };
    await this.#remember(this.#delivered);
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
    const availability = this.#served.content?.availability;
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
