// The moving part of a receiver, from accept to the last agreed entry: asks sources for chunks, verifies
// and stores them, reports what is held, compares content ids. Knows no states and no user.
import type { Bitfield, ReadonlyBitfield } from '../content/bitfield.ts';
import { hashChunk, hashesEqual } from '../content/hash.ts';
import type { BundleLayout } from '../content/layout.ts';
import type { Manifest } from '../content/manifest.ts';
import { indexesOf, type Run, runsOf } from '../content/run.ts';
import type { ChunkStore } from '../content/store.ts';
import { ContentError, FerryError, ProtocolError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import type { Link } from '../wire/link.ts';
import type { ChunkMessage, CompleteMessage, HashesMessage, TransferId } from '../wire/message.ts';
import type { Completion } from './completion.ts';
import { EntryMap } from './entry-map.ts';
import { FetchSource } from './fetch-source.ts';
import { FetchSources } from './fetch-sources.ts';
import { FetchedEntries } from './fetched-entries.ts';
import type { ReceivedOutcome } from './outcomes.ts';
import { Progress } from './progress.ts';
import { OUTSTANDING_BYTES } from './scheduler.ts';

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
export class Fetch {
  /** What was accepted; chunks and entries are numbered within it. */
  readonly chosen: Manifest;
  /** Indexes of {@link chosen} in the announced manifest. */
  readonly chosenRuns: readonly Run[];
  readonly layout: BundleLayout;
  readonly store: ChunkStore;
  readonly entries: FetchedEntries;
  readonly sources: FetchSources;
  readonly progress: Progress;
  readonly events = new Emitter<FetchEvents>();
  readonly #transfer: TransferId;
  readonly #clock: Clock;
  readonly #isAsked: boolean;
  /** For whoever numbers chunks as this side does. */
  readonly #alike: EntryMap;
  /** Being verified or written: arrived, but not yet held. */
  readonly #landing = new Set<number>();
  readonly #landingBytes = new Map<string, number>();
  #unreported: number[] = [];
  #cancelReport: (() => void) | undefined;
  #movedBytes: number;
  /** Making everything durable before the last word; begun anew when a source comes meanwhile. */
  #isFinishing = false;
  #closed = false;

  constructor(options: FetchOptions) {
    const { transfer, layout, clock, chosen, chosenRuns, store, startChunk, movedBytes = 0, isAsked = false } = options;
    this.#transfer = transfer;
    this.layout = layout;
    this.#clock = clock;
    this.#movedBytes = movedBytes;
    this.chosen = chosen;
    this.chosenRuns = chosenRuns;
    this.store = store;
    this.#isAsked = isAsked;
    this.#alike = EntryMap.same(layout, chosenRuns);
    this.entries = new FetchedEntries(chosen, layout, store);
    const alike = isAsked ? undefined : this.#alike;
    this.sources = new FetchSources({ layout, held: store.have, entries: this.entries, startChunk, alike });
    this.progress = new Progress(layout.totalBytes, bytesOf(store.have, layout));
    this.#doWithout(options.givenUp ?? []);
  }

  get completion(): Completion {
    return this.entries.completion;
  }

  /** Chunk bytes that arrived, those that were not needed or damaged included. */
  get movedBytes(): number {
    return this.#movedBytes;
  }

  /** Whether something is asked for, or on its way to the store. */
  get isBusy(): boolean {
    return this.#landing.size > 0 || this.sources.isBusy;
  }

  tellHeld(link: Link, content: SourceContent = {}): void {
    this.#sourceAt(link, content).tellHeld(this.store.have.runs());
  }

  /** Asks a source, which was told what is held, for what is missing. */
  addSource(peerId: string, link: Link, content: SourceContent = {}): void {
    this.completion.repeat();
    this.sources.add(peerId, this.#sourceAt(link, content));
    this.#afterProgress();
  }

  removeSource(peerId: string): void {
    this.sources.remove(peerId);
  }

  /** Asks nobody for anything; what still arrives is kept. */
  pause(): void {
    this.#report();
    this.sources.removeAll();
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

  /**
   * Verifies and stores one chunk; resolves when its bytes are no longer needed. A chunk that is held
   * already, or came after a pause, is no fault of the source.
   * @throws ProtocolError for a chunk that cannot be part of this bundle
   */
  async take(peerId: string, { index: theirs, hash, bytes }: ChunkMessage): Promise<void> {
    const map = this.sources.mapOf(peerId);
    if (theirs >= map.theirs.chunkCount) throw ProtocolError.malformed('a chunk beyond the end');
    const index = map.toOwn([{ first: theirs, count: 1 }])[0]!.first;
    if (bytes.length !== this.layout.lengthOf(index)) throw ProtocolError.malformed('a chunk of wrong length');
    const landed = this.#landingBytes.get(peerId) ?? 0;
    if (landed > 2 * OUTSTANDING_BYTES) throw ProtocolError.limitExceeded('chunks nobody asked for');
    this.#movedBytes += bytes.length;
    if (this.#closed || this.store.have.has(index) || this.#landing.has(index)) return;
    if (!this.entries.proofs.allows(index, hash)) return this.#blame(peerId, index);
    this.#landing.add(index);
    this.#landingBytes.set(peerId, landed + bytes.length);
    try {
      if (!hashesEqual(await hashChunk(bytes), hash)) return this.#blame(peerId, index);
      if (!this.#closed) await this.store.write(index, bytes, hash);
    } catch (error) {
      this.sources.scheduler.failed(peerId, index);
      return this.#fail(error);
    } finally {
      this.#landing.delete(index);
      this.#landingBytes.set(peerId, (this.#landingBytes.get(peerId) ?? 0) - bytes.length);
    }
    if (!this.#closed) this.#landed(peerId, index, bytes.length);
  }

  /** @throws ProtocolError for what cannot be part of this bundle */
  takeHashes(peerId: string, message: HashesMessage): void {
    if (this.sources.takeHashes(peerId, message)) return;
    const error = ContentError.chunkCorrupt('the hashes are not those of the content id');
    this.events.emit('bad-source', { peerId, error });
  }

  /** What is to be remembered once it is done; undefined before all is whole, and when some of it was given up. */
  outcome(): ReceivedOutcome | undefined {
    const { chosenRuns, layout } = this;
    const root = this.entries.root();
    return root && { status: 'done', chosenRuns, entryCount: layout.entryCount, root };
  }

  /** Says once more that everything is here, to a source that missed it. */
  sayAll(link: Link): void {
    this.#sayComplete(this.#sourceAt(link, {}), this.#allEntries());
  }

  /** @throws ProtocolError when the source agrees to what was not said */
  agree(peerId: string, { firstEntry, entryCount, root }: CompleteMessage): void {
    const map = this.sources.mapOf(peerId);
    const exist = entryCount > 0 && firstEntry + entryCount <= map.theirs.entryCount;
    const entries = exist ? Array.from({ length: entryCount }, (_, at) => map.entryToOwn(firstEntry + at)) : [];
    if (!exist || !entries.every((entry) => this.entries.isHere(entry))) {
      throw ProtocolError.unexpected('agreement on entries that are not complete');
    }
    if (!this.entries.agree(entries, root)) {
      return this.events.emit('error', ContentError.chunkCorrupt('the content ids differ'));
    }
    this.events.emit('progress', undefined);
    if (this.completion.allAgreed) this.events.emit('agreed', undefined);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelReport?.();
    this.sources.removeAll();
    await this.store.close().catch(() => {
      // What could not be flushed is not held, and fetched again.
    });
  }

  #doWithout(entries: readonly number[]): void {
    for (const chunk of entries.flatMap((entry) => this.entries.giveUp(entry))) {
      this.sources.scheduler.landed(chunk);
      this.progress.found(this.layout.lengthOf(chunk));
    }
  }

  #landed(peerId: string, chunk: number, length: number): void {
    this.sources.scheduler.landed(chunk);
    this.entries.landed(chunk);
    this.progress.add(length, this.#clock.now());
    this.#unreported.push(chunk);
    this.events.emit('landed', chunk);
    this.sources.request(peerId);
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

  #sourceAt(link: Link, { map, available }: SourceContent): FetchSource {
    return new FetchSource({ transfer: this.#transfer, link, map: map ?? this.#alike, available });
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
    for (const source of this.sources.all()) {
      source.tellHeld(have);
      this.#sayComplete(source, complete);
    }
  }

  #sayComplete(source: FetchSource, entries: readonly Run[]): void {
    const here = [...indexesOf(entries)].filter((entry) => this.entries.isHere(entry));
    source.sayComplete(here, (entry) => this.entries.contentIdOf(entry)!);
  }

  #blame(peerId: string, chunk: number): void {
    const badChunks = this.sources.blame(peerId, chunk);
    if (badChunks === undefined) return;
    this.events.emit('bad-source', { peerId, error: ContentError.chunkCorrupt(`${badChunks} bad chunks`) });
  }
}

function bytesOf(held: ReadonlyBitfield, layout: BundleLayout): number {
  let bytes = 0;
  for (let chunk = held.nextSet(); chunk !== -1; chunk = held.nextSet(chunk + 1)) bytes += layout.lengthOf(chunk);
  return bytes;
}
