// The moving part of a receiver, from accept to the last agreed entry: asks sources for chunks, verifies
// and stores them, reports what is held, compares content ids. Knows no states and no user.
import type { Bitfield } from '../content/bitfield.ts';
import { bundleRoot, contentId } from '../content/content-id.ts';
import { HASH_BYTES, hashChunk, hashesEqual } from '../content/hash.ts';
import type { BundleLayout } from '../content/layout.ts';
import type { Manifest } from '../content/manifest.ts';
import { merkleRoot } from '../content/merkle.ts';
import { indexesOf, type Run, runsOf } from '../content/run.ts';
import type { ChunkStore } from '../content/store.ts';
import { ContentError, FerryError, ProtocolError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import type { Link } from '../wire/link.ts';
import type { ChunkMessage, CompleteMessage, HashesMessage, TransferId } from '../wire/message.ts';
import { Completion } from './completion.ts';
import { EntryMap } from './entry-map.ts';
import { FetchSource } from './fetch-source.ts';
import type { ReceivedOutcome } from './outcomes.ts';
import { Progress } from './progress.ts';
import { ProofRequests } from './proof-requests.ts';
import { Proofs } from './proofs.ts';
import { OUTSTANDING_BYTES, Scheduler } from './scheduler.ts';

export interface FetchEvents {
  progress: undefined;
  /** This chunk is verified and stored. */
  landed: number;
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
  /**
   * Sources were asked and number chunks each in its own way; the one that announced a bundle and its receiver number
   * them alike.
   */
  isAsked?: boolean;
  /** Where to begin; see {@link Scheduler}. */
  startChunk?: number;
  /** Entries that are done without. */
  givenUp?: readonly number[];
}

/** How a source numbers its chunks, and what of them it has; alike, and all, when absent. */
export interface SourceContent {
  map?: EntryMap | undefined;
  available?: Bitfield | undefined;
}

/** The sender draws what we hold from these reports: a few a second are smooth, one a chunk is a waste. */
const REPORT_INTERVAL_MS = 200;
/** One bad chunk may be a bit flipped in somebody's memory; this many are no accident. */
const CORRUPT_CHUNKS_TOLERATED = 3;

export class Fetch {
  /** What was accepted; chunks and entries are numbered within it. */
  readonly chosen: Manifest;
  /** Indexes of {@link chosen} in the announced manifest. */
  readonly chosenRuns: readonly Run[];
  readonly layout: BundleLayout;
  readonly store: ChunkStore;
  readonly completion: Completion;
  readonly progress: Progress;
  readonly events = new Emitter<FetchEvents>();
  readonly #transfer: TransferId;
  readonly #clock: Clock;
  readonly #scheduler: Scheduler;
  readonly #sources = new Map<string, FetchSource>();
  /** Also of sources that are gone for now: what they sent before may still arrive. */
  readonly #maps = new Map<string, EntryMap>();
  readonly #proofs: Proofs;
  readonly #proofRequests: ProofRequests;
  readonly #isAsked: boolean;
  /** For whoever numbers chunks as this side does. */
  readonly #alike: EntryMap;
  readonly #landingBytes = new Map<string, number>();
  readonly #givenUp = new Set<number>();
  /** Being verified or written: arrived, but not yet held. */
  readonly #landing = new Set<number>();
  #unreported: number[] = [];
  #cancelReport: (() => void) | undefined;
  #movedBytes: number;
  /** Making everything durable before the last word; begun anew when a source comes meanwhile. */
  #isFinishing = false;
  #closed = false;

  constructor(options: FetchOptions) {
    this.#transfer = options.transfer;
    this.layout = options.layout;
    this.#clock = options.clock;
    this.#movedBytes = options.movedBytes ?? 0;
    this.chosen = options.chosen;
    this.chosenRuns = options.chosenRuns;
    this.store = options.store;
    this.#isAsked = options.isAsked ?? false;
    this.#alike = EntryMap.same(this.layout, this.chosenRuns);
    this.completion = new Completion(this.layout, this.store.have);
    this.#scheduler = new Scheduler(this.layout, this.store.have, options.startChunk);
    this.progress = new Progress(this.layout.totalBytes, this.#heldBytes());
    this.#proofs = new Proofs(this.chosen, this.layout);
    this.#proofRequests = new ProofRequests(
      this.#proofs,
      (entry) => !this.completion.isWhole({ first: entry, count: 1 }),
    );
    this.#doWithout(options.givenUp ?? []);
    for (let entry = 0; entry < this.layout.entryCount; entry++) this.#settleProven(entry);
  }

  /** Entries that are done without, in order. */
  get givenUp(): readonly number[] {
    return [...this.#givenUp].sort((a, b) => a - b);
  }

  /** Chunk bytes that arrived, those that were not needed or damaged included. */
  get movedBytes(): number {
    return this.#movedBytes;
  }

  tellHeld(link: Link, content: SourceContent = {}): void {
    this.#sourceAt(link, content).tellHeld(this.store.have.runs());
  }

  /** Asks a source, which was told what is held, for what is missing. */
  addSource(peerId: string, link: Link, content: SourceContent = {}): void {
    const source = this.#sourceAt(link, content);
    this.#sources.set(peerId, source);
    this.#maps.set(peerId, source.map);
    this.#scheduler.removeSource(peerId);
    this.#proofRequests.sourceAdded(peerId);
    this.#scheduler.addSource(peerId, this.#isAsked ? (chunk) => this.#mayAsk(peerId, source, chunk) : undefined);
    this.completion.repeat();
    this.#askProofs();
    this.#request(peerId);
    this.#afterProgress();
  }

  hasSource(peerId: string): boolean {
    return this.#sources.has(peerId);
  }

  removeSource(peerId: string): void {
    if (!this.#sources.delete(peerId)) return;
    this.#scheduler.removeSource(peerId);
    this.#proofRequests.removeSource(peerId);
    // What it had outstanding can be asked of the others.
    this.#askProofs();
    this.#requestAll();
  }

  /** A source has more than it had: its `available` says what. */
  sourceHasMore(peerId: string): void {
    this.#scheduler.refresh(peerId);
    this.#request(peerId);
  }

  /** Asks nobody for anything; what still arrives is kept. */
  pause(): void {
    for (const peerId of this.#sources.keys()) {
      this.#scheduler.removeSource(peerId);
      this.#proofRequests.removeSource(peerId);
    }
    this.#report();
    this.#sources.clear();
    this.#flush();
  }

  /** Does without these entries from now on. */
  giveUp(entries: readonly number[]): void {
    this.#doWithout(entries);
    this.finishIfWhole();
  }

  /** For what needs no source any more. */
  finishIfWhole(): void {
    if (this.completion.allWhole) void this.#finish();
  }

  /** Whether a source is asked for something now. */
  get isBusy(): boolean {
    return this.#landing.size > 0 || [...this.#sources.keys()].some((peerId) => this.#scheduler.isBusy(peerId));
  }

  /**
   * Verifies and stores one chunk; resolves when its bytes are no longer needed. A chunk that is held
   * already, or came after a pause, is no fault of the source.
   * @throws ProtocolError for a chunk that cannot be part of this bundle
   */
  async take(peerId: string, { index: theirs, hash, bytes }: ChunkMessage): Promise<void> {
    const map = this.#mapOf(peerId);
    if (theirs >= map.theirs.chunkCount) throw ProtocolError.malformed('a chunk beyond the end');
    const index = map.toOwn([{ first: theirs, count: 1 }])[0]!.first;
    if (bytes.length !== this.layout.lengthOf(index)) throw ProtocolError.malformed('a chunk of wrong length');
    const landed = this.#landingBytes.get(peerId) ?? 0;
    if (landed > 2 * OUTSTANDING_BYTES) throw ProtocolError.limitExceeded('chunks nobody asked for');
    this.#movedBytes += bytes.length;
    if (this.#closed || this.store.have.has(index) || this.#landing.has(index)) return;
    if (!this.#proofs.allows(index, hash)) return this.#blame(peerId, index);
    this.#landing.add(index);
    this.#landingBytes.set(peerId, landed + bytes.length);
    try {
      if (!hashesEqual(await hashChunk(bytes), hash)) return this.#blame(peerId, index);
      if (!this.#closed) await this.store.write(index, bytes, hash);
    } catch (error) {
      this.#scheduler.failed(peerId, index);
      return this.#fail(error);
    } finally {
      this.#landing.delete(index);
      this.#landingBytes.set(peerId, (this.#landingBytes.get(peerId) ?? 0) - bytes.length);
    }
    if (!this.#closed) this.#landed(peerId, index, bytes.length);
  }

  /**
   * Takes hashes that a content id may vouch for.
   * @throws ProtocolError for what cannot be part of this bundle
   */
  takeHashes(peerId: string, { entry: theirs, firstChunk, hashes }: HashesMessage): void {
    const source = this.#sources.get(peerId);
    if (!source) return;
    if (theirs >= source.layout.entryCount) throw ProtocolError.malformed('hashes of an entry beyond the end');
    const entry = source.map.entryToOwn(theirs);
    const outcome = this.#proofRequests.take(peerId, entry, firstChunk, hashes);
    if (typeof outcome === 'object') return source.askHashes(entry, outcome.firstChunk);
    // Nobody tells wrong hashes by accident: a list that was damaged on the way would not have arrived.
    if (outcome === 'wrong') {
      const error = ContentError.chunkCorrupt('the hashes are not those of the content id');
      return this.events.emit('bad-source', { peerId, error });
    }
    this.#askProofs();
    if (outcome !== 'proven') return;
    for (const other of this.#sources.keys()) this.#scheduler.refresh(other);
    this.#requestAll();
  }

  /** Entries that are not here and that none of these sources has, or can tell the hashes of. */
  lostTo(maps: ReadonlyMap<string, EntryMap>): number[] {
    const lost: number[] = [];
    for (let entry = 0; entry < this.layout.entryCount; entry++) {
      if (this.completion.isWhole({ first: entry, count: 1 })) continue;
      const isSomewhere = [...maps].some(
        ([peerId, map]) => map.hasEntry(entry) && !this.#proofRequests.isUnable(peerId, entry),
      );
      if (!isSomewhere) lost.push(entry);
    }
    return lost;
  }

  contentIdOf(entry: number): Uint8Array | undefined {
    return this.#proofs.contentIdOf(entry) ?? (this.#isHere(entry) ? this.#contentIdOf(entry) : undefined);
  }

  chunkHashes(entry: number): Uint8Array | undefined {
    const known = this.#proofs.hashesOf(entry);
    if (known) return known;
    const { first, count } = this.layout.chunksOf(entry);
    const hashes = new Uint8Array(count * HASH_BYTES);
    for (let at = 0; at < count; at++) {
      const hash = this.store.hashOf(first + at);
      if (!hash) return undefined;
      hashes.set(hash, at * HASH_BYTES);
    }
    return hashes;
  }

  /** What is to be remembered once it is done; undefined before all is whole, and when some of it was given up. */
  outcome(): ReceivedOutcome | undefined {
    const { entryCount } = this.layout;
    if (!this.completion.allWhole || this.#givenUp.size > 0) return undefined;
    const root = bundleRoot(this.layout, { first: 0, count: entryCount }, (chunk) => this.store.hashOf(chunk))!;
    return { status: 'done', chosenRuns: this.chosenRuns, entryCount, root };
  }

  /** Says once more that everything is here, to a source that missed it. */
  sayAll(link: Link): void {
    this.#sayComplete(this.#sourceAt(link, {}), this.#allEntries());
  }

  /** @throws ProtocolError when the source agrees to what was not said */
  agree(peerId: string, { firstEntry, entryCount, root }: CompleteMessage): void {
    const map = this.#mapOf(peerId);
    const exist = entryCount > 0 && firstEntry + entryCount <= map.theirs.entryCount;
    const entries = exist ? Array.from({ length: entryCount }, (_, at) => map.entryToOwn(firstEntry + at)) : [];
    if (!exist || !entries.every((entry) => this.#isHere(entry))) {
      throw ProtocolError.unexpected('agreement on entries that are not complete');
    }
    if (!hashesEqual(merkleRoot(entries.map((entry) => this.#contentIdOf(entry))), root)) {
      return this.events.emit('error', ContentError.chunkCorrupt('the content ids differ'));
    }
    for (const entry of entries) this.completion.agree({ first: entry, count: 1 });
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

  #doWithout(entries: readonly number[]): void {
    for (const entry of entries) {
      if (this.#givenUp.has(entry) || this.completion.isWhole({ first: entry, count: 1 })) continue;
      this.#givenUp.add(entry);
      this.completion.giveUp(entry);
      for (const chunk of indexesOf([this.layout.chunksOf(entry)])) {
        if (this.store.have.has(chunk)) continue;
        this.#scheduler.landed(chunk);
        this.progress.found(this.layout.lengthOf(chunk));
      }
    }
  }

  #landed(peerId: string, chunk: number, length: number): void {
    this.#scheduler.landed(chunk);
    this.completion.landed(chunk);
    this.#settleProven(this.layout.entryOf(chunk));
    this.progress.add(length, this.#clock.now());
    this.#unreported.push(chunk);
    this.events.emit('landed', chunk);
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
    // Content ids that were known beforehand need nobody's word.
    if (this.#isAsked && this.completion.allAgreed) this.events.emit('agreed', undefined);
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
    source.request(this.#scheduler.take(peerId));
    if (this.#sources.size > 1) source.request(this.#scheduler.takeOver(peerId));
  }

  #requestAll(): void {
    for (const peerId of this.#sources.keys()) this.#request(peerId);
  }

  #askProofs(): void {
    for (const { source, entry, firstChunk } of this.#proofRequests.next(this.#sources)) {
      this.#sources.get(source)?.askHashes(entry, firstChunk);
    }
  }

  #mayAsk(peerId: string, source: FetchSource, chunk: number): boolean {
    if (!source.has(chunk)) return false;
    const entry = this.layout.entryOf(chunk);
    return !this.#proofs.isWanted(entry) && !this.#proofRequests.isUnable(peerId, entry);
  }

  #sourceAt(link: Link, { map, available }: SourceContent): FetchSource {
    return new FetchSource({ transfer: this.#transfer, link, map: map ?? this.#alike, available });
  }

  #mapOf(peerId: string): EntryMap {
    const map = this.#maps.get(peerId) ?? (this.#isAsked ? undefined : this.#alike);
    if (!map) throw ProtocolError.unexpected('something of what was not chosen yet');
    return map;
  }

  /** What a content id vouched for is settled once it is here. */
  #settleProven(entry: number): void {
    if (this.#proofs.contentIdOf(entry) && this.#isHere(entry)) this.completion.agree({ first: entry, count: 1 });
  }

  #isHere(entry: number): boolean {
    return this.completion.isWhole({ first: entry, count: 1 }) && !this.#givenUp.has(entry);
  }

  /** Of an entry that is here. */
  #contentIdOf(entry: number): Uint8Array {
    return this.#proofs.contentIdOf(entry) ?? contentId(this.layout, entry, (chunk) => this.store.hashOf(chunk))!;
  }

  #allEntries(): Run[] {
    return [{ first: 0, count: this.layout.entryCount }];
  }

  #report({ isDurable = false } = {}): void {
    this.#cancelReport?.();
    this.#cancelReport = undefined;
    const have = runsOf(this.#unreported.sort((a, b) => a - b));
    // The last word waits until all of it is durable.
    const unsaid = isDurable || !this.completion.allWhole ? this.completion.takeUnsaid() : [];
    // Whoever was asked counts what was fetched whole: it is told all at the end, whoever it came from.
    const complete = this.#isAsked && isDurable ? this.#allEntries() : unsaid;
    this.#unreported = [];
    for (const source of this.#sources.values()) {
      source.tellHeld(have);
      this.#sayComplete(source, complete);
    }
  }

  #sayComplete(source: FetchSource, entries: readonly Run[]): void {
    const here = [...indexesOf(entries)].filter((entry) => this.#isHere(entry));
    source.sayComplete(here, (entry) => this.#contentIdOf(entry));
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
      bytes += this.layout.lengthOf(chunk);
    }
    return bytes;
  }
}
