// The moving part of a receiver, from accept to the last agreed entry: brings together sources, what lands, what is held
// and what is told of it, and compares content ids. Knows no states and no user.
import type { BundleLayout } from '../content/layout.ts';
import type { Manifest } from '../content/manifest.ts';
import type { Run } from '../content/run.ts';
import { SetRejected } from '../content/set-rejected.ts';
import type { ChunkStore } from '../content/store.ts';
import { ContentError, FerryError, ProtocolError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import type { Link } from '../wire/link.ts';
import type { ChunkMessage, CompleteMessage, HashesMessage } from '../wire/pull-message.ts';
import type { TransferId } from '../wire/transfer-id.ts';
import type { ChunkScheduler } from './chunk-scheduler.ts';
import type { Completion } from './completion.ts';
import { EntryMap } from './entry-map.ts';
import type { FetchEvents, FetchOptions } from './fetch-options.ts';
import { FetchSets } from './fetch-sets.ts';
import { FetchSource, type SourceContent } from './fetch-source.ts';
import { FetchSources } from './fetch-sources.ts';
import { FetchedEntries } from './fetched-entries.ts';
import { HeldReports } from './held-reports.ts';
import { type LandedChunks, SingleChunks } from './landed-chunks.ts';
import { Landing } from './landing.ts';
import type { ReceivedOutcome } from './outcomes.ts';
import { Progress } from './progress.ts';
import { Scheduler } from './scheduler.ts';

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
  readonly #scheduler: ChunkScheduler;
  readonly #landed: LandedChunks;
  readonly #landing: Landing;
  readonly #reports: HeldReports;
  /** Undefined where every chunk is needed. */
  readonly #sets: FetchSets | undefined;
  #movedBytes: number;
  /** Making everything durable before the last word; begun anew when a source comes meanwhile. */
  #isFinishing = false;
  #closed = false;

  constructor(options: FetchOptions) {
    const { transfer, layout, clock, chosen, chosenRuns, store, sets, movedBytes = 0, isAsked = false } = options;
    const isInSets = sets !== undefined;
    const entries = new FetchedEntries(chosen, layout, store, { isInSets });
    this.#transfer = transfer;
    this.layout = layout;
    this.#clock = clock;
    this.#movedBytes = movedBytes;
    this.chosen = chosen;
    this.chosenRuns = chosenRuns;
    this.store = store;
    this.#isAsked = isAsked;
    this.#alike = EntryMap.same(layout, chosenRuns);
    this.entries = entries;
    const held = store.have;
    const onSilent = (peerId: string) => this.events.emit('silent', { peerId });
    this.#sets = sets && new FetchSets({ sets, layout, held, sources: () => this.sources, onSilent, clock });
    this.#scheduler = this.#sets?.scheduler ?? new Scheduler(layout, held, options.startChunk);
    this.#landed = this.#sets?.landed ?? new SingleChunks(layout, held);
    this.sources = new FetchSources({
      ...{ layout, entries, clock, scheduler: this.#scheduler, isOnDemand: isInSets },
      alike: isAsked ? undefined : this.#alike,
      onAsked: () => this.#sets?.watch(),
    });
    this.#landing = new Landing({
      ...{ layout, store, proofs: entries.proofs },
      isKept: (chunk) => this.#scheduler.isKept(chunk),
      isWelcome: (chunk) => this.#scheduler.isWelcome(chunk),
      onVerified: (peerId, chunk) => this.#verified(peerId, chunk),
      onStored: (peerId, chunk) => this.#stored(peerId, chunk),
      onBad: (peerId, chunk, others) => this.#blame(peerId, chunk, others),
      onError: (peerId, chunk, error, others) => this.#notStored([peerId, ...others], chunk, error),
    });
    this.#reports = new HeldReports({ layout, entries, sources: () => this.sources.all(), isAsked, clock });
    this.progress = new Progress(this.#landed.totalBytes, this.#landed.heldBytes());
    this.#doWithout(options.givenUp ?? []);
  }

  get completion(): Completion {
    return this.entries.completion;
  }

  /** Chunk bytes that arrived, those that were not needed or damaged included. */
  get movedBytes(): number {
    return this.#movedBytes;
  }

  get isInSets(): boolean {
    return this.#sets !== undefined;
  }

  /** Something is missing, and no source that is there can give it now. */
  get isStarved(): boolean {
    return !this.completion.allWhole && !this.isBusy && !this.sources.isProving;
  }

  /** Whether something is asked for, or on its way to the store. */
  get isBusy(): boolean {
    return this.#landing.isBusy || this.sources.isBusy;
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
    this.#reports.now();
    this.sources.removeAll();
    this.#flush();
  }

  /** Does without these entries from now on; where others make up for them, that is their business. */
  giveUp(entries: readonly number[]): void {
    if (!this.isInSets) this.#doWithout(entries);
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
  async take(peerId: string, message: ChunkMessage): Promise<void> {
    const index = this.#landing.check(peerId, this.sources.mapOf(peerId), message);
    this.#movedBytes += message.bytes.length;
    await this.#landing.take(peerId, index, message);
  }

  /** @throws ProtocolError for what cannot be part of this bundle */
  takeHashes(peerId: string, message: HashesMessage): void {
    if (this.sources.takeHashes(peerId, message)) return;
    const entry = this.sources.mapOf(peerId).entryToOwn(message.entry);
    this.events.emit('damaged', { peerId, chunk: this.layout.chunksOf(entry).first });
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
    this.#reports.sayAll(this.#sourceAt(link, {}));
  }

  /** @throws ProtocolError when the source agrees to what was not said */
  agree(peerId: string, { firstEntry, entryCount, root }: CompleteMessage): void {
    const map = this.sources.mapOf(peerId);
    const exist = entryCount > 0 && firstEntry + entryCount <= map.theirs.entryCount;
    const entries = exist ? Array.from({ length: entryCount }, (_, at) => map.entryToOwn(firstEntry + at)) : [];
    if (!exist || !entries.every((entry) => this.entries.isSayable(entry))) {
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
    this.#landing.close();
    this.#reports.stop();
    this.#sets?.stop();
    this.sources.removeAll();
    await this.store.close().catch(() => {
      // What could not be flushed is not held, and fetched again.
    });
  }

  #doWithout(entries: readonly number[]): void {
    for (const chunk of entries.flatMap((entry) => this.entries.giveUp(entry))) {
      this.#scheduler.landed(chunk);
      this.progress.found(this.layout.lengthOf(chunk));
    }
  }

  #verified(peerId: string, chunk: number): void {
    this.#scheduler.arrived(peerId, chunk, this.#clock.now());
    this.events.emit('verified', { peerId });
  }

  #stored(peerId: string, chunk: number): void {
    const { chunks, bytes } = this.#landed.stored(chunk);
    this.progress.add(bytes, this.#clock.now());
    for (const landed of chunks) {
      this.#scheduler.landed(landed);
      this.entries.landed(landed);
      this.#reports.landed(landed);
      this.events.emit('landed', landed);
    }
    this.sources.request(peerId);
    this.events.emit('progress', undefined);
    this.#afterProgress();
  }

  #notStored(peerIds: readonly string[], chunk: number, error: unknown): void {
    for (const peerId of peerIds) this.#scheduler.lost(peerId, chunk);
    if (!(error instanceof SetRejected) || this.#closed) return this.#fail(error);
    this.progress.found(-this.#landed.rejected(error.set));
    this.events.emit('rejected', error);
    if (this.#sets?.rejected(error)) this.sources.request();
    else this.#fail(error);
  }

  #afterProgress(): void {
    if (this.completion.allWhole) void this.#finish();
    else this.#reports.soon();
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
    this.#reports.now({ isDurable: true });
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

  #blame(peerId: string, chunk: number, others: readonly string[]): void {
    this.events.emit('damaged', { peerId, chunk });
    const badChunks = this.sources.blame(peerId, chunk, others);
    if (badChunks === undefined) return;
    this.events.emit('bad-source', { peerId, error: ContentError.chunkCorrupt(`${badChunks} bad chunks`) });
  }
}
