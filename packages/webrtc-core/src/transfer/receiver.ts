// Receives one bundle: pulls the chunks it lacks from whoever has them, verifies each, stores them, and
// compares content ids at the end. Knows links and messages, not how they travel, and no file names' use.
import type { ReadonlyBitfield } from '../content/bitfield.ts';
import { BundleLayout } from '../content/layout.ts';
import { type BundleSummary, chooseEntries, type Manifest } from '../content/manifest.ts';
import { type Run, runsOf } from '../content/run.ts';
import type { ChunkStoreProvider } from '../content/store.ts';
import { ContentError, FerryError, ProtocolError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import type { Link } from '../wire/link.ts';
import type { ChunkMessage, PauseReason, TransferId, TransferMessage } from '../wire/message.ts';
import { AskedSources, type AskingReceiver } from './asked-sources.ts';
import type { SourceInfo, SourceOptions } from './asking.ts';
import { Fetch, type SourceContent } from './fetch.ts';
import { lastWordOf } from './last-word.ts';
import { ManifestCollector } from './manifest-collector.ts';
import type { ReceivedOutcome } from './outcomes.ts';
import type { Progress } from './progress.ts';
import {
  isEnded,
  type ReceiverEffect,
  type ReceiverEvent,
  type ReceiverState,
  receiverTransition,
} from './receiver-state.ts';

/** Less is here before anybody could share it. */
const LEAST_SWARM_CHUNKS = 32;

export interface ReceiverEvents {
  /** The manifest is whole: a person may be asked now. Not said of one that was known from the start. */
  ready: Manifest;
  /** Something that the receiver shows is different. */
  change: undefined;
  /** A chunk of {@link Receiver.chosen} is held that was not before. */
  landed: number;
}

export interface ReceiverOptions {
  transfer: TransferId;
  /** The device that announced it. */
  peerId: string;
  summary: BundleSummary;
  stores: ChunkStoreProvider;
  /** Devices to ask, for what nobody announced. */
  asks?: readonly SourceOptions[];
  /** What is wanted, when that is known before anybody has answered. */
  manifest?: Manifest | undefined;
  /** Must be remembered before the sender is told that it is accepted: it never announces it as new again. */
  remember: (receiver: Receiver) => Promise<void>;
  clock: Clock;
}

/** What must be known of an accepted transfer to go on with it. */
export interface AcceptedTransfer {
  /** The accepted entries, as {@link Receiver.chosen} was. */
  chosen: Manifest;
  /** Their indexes in the announced manifest. */
  chosenRuns: readonly Run[];
  /** The user had paused it. */
  isPaused?: boolean;
  /** Entries of `chosen` that are done without. */
  givenUp?: readonly number[];
}

export class Receiver {
  readonly transfer: TransferId;
  /** The device that announced it, or is asked first. */
  readonly peerId: string;
  /** Nobody announced it: this side asks for it. */
  readonly isAsked: boolean;
  readonly events = new Emitter<ReceiverEvents>();
  readonly #stores: ChunkStoreProvider;
  readonly #remember: ReceiverOptions['remember'];
  readonly #clock: Clock;
  readonly #links = new Map<string, Link>();
  /** Of what is asked for; undefined for what was announced. */
  readonly #asked: AskedSources | undefined;
  readonly #collector: ManifestCollector;
  #summary: BundleSummary;
  #state: ReceiverState = { status: 'announced' };
  #manifest: Manifest | undefined;
  #fetch: Fetch | undefined;
  #isAccepting = false;

  constructor(options: ReceiverOptions) {
    this.transfer = options.transfer;
    this.peerId = options.peerId;
    this.isAsked = options.asks !== undefined;
    this.#summary = options.summary;
    this.#manifest = options.manifest;
    this.#stores = options.stores;
    this.#remember = options.remember;
    this.#clock = options.clock;
    this.#collector = new ManifestCollector(options.summary);
    if (options.asks) this.#asked = this.#asking();
    for (const source of options.asks ?? []) this.#asked?.add(source);
  }

  /** As announced, or as told by the first origin that answered. */
  get summary(): BundleSummary {
    return this.#summary;
  }

  get state(): ReceiverState {
    return this.#state;
  }

  /** All that was announced; undefined until the manifest is whole. */
  get manifest(): Manifest | undefined {
    return this.#manifest;
  }

  /** What was accepted; chunks and entries are numbered within it. */
  get chosen(): Manifest | undefined {
    return this.#fetch?.chosen;
  }

  /** Indexes of {@link chosen} in {@link manifest}: what `restore` needs. */
  get chosenRuns(): readonly Run[] {
    return this.#fetch?.chosenRuns ?? [];
  }

  get progress(): Progress | undefined {
    return this.#fetch?.progress;
  }

  get held(): ReadonlyBitfield | undefined {
    return this.#fetch?.store.have;
  }

  get movedBytes(): number {
    return this.#fetch?.movedBytes ?? 0;
  }

  /** Entries of {@link chosen} on whose content ids both sides agree. */
  get agreed(): ReadonlyBitfield | undefined {
    return this.#fetch?.completion.agreed;
  }

  /** The content id of an entry of {@link chosen}: told by its manifest, or computed once all of it is here. */
  contentIdOf(entry: number): Uint8Array | undefined {
    return this.#fetch?.entries.contentIdOf(entry);
  }

  /** Hashes of all chunks of an entry of {@link chosen}, end to end; undefined while they are not all known. */
  chunkHashes(entry: number): Uint8Array | undefined {
    return this.#fetch?.entries.chunkHashes(entry);
  }

  /**
   * A chunk of {@link chosen} that is held: whoever receives can give on.
   * @throws ContentError `store-failed` when it is not held, or the store is closed
   */
  async read(chunk: number): Promise<Uint8Array> {
    if (!this.held?.has(chunk) || !this.#fetch) throw ContentError.storeFailed();
    return this.#fetch.store.read(chunk);
  }

  /** What is to be remembered of it once it has ended; undefined for a failure. */
  get outcome(): ReceivedOutcome | undefined {
    const { status } = this.#state;
    if (status === 'declined' || status === 'cancelled') return { status };
    return status === 'done' ? this.#fetch?.outcome() : undefined;
  }

  /** Devices that may have it; the announcing one for what was announced. */
  get sources(): readonly SourceInfo[] {
    if (this.#asked) return this.#asked.infos;
    const status = this.#links.has(this.peerId) ? 'serving' : 'unreachable';
    return [{ peerId: this.peerId, status, isOrigin: true, movedBytes: this.movedBytes }];
  }

  /** Devices it matters to be connected with. */
  get peerIds(): string[] {
    if (isEnded(this.#state)) return [];
    if (this.#asked) return this.#asked.peerIds;
    return this.#state.status === 'announced' ? [] : [this.peerId];
  }

  /** Entries of {@link chosen} that are done without. */
  get givenUp(): readonly number[] {
    return this.#fetch?.entries.givenUp ?? [];
  }

  has(peerId: string): boolean {
    return this.#asked ? this.#asked.has(peerId) : this.peerId === peerId;
  }

  /** One more device to ask, or another way to ask a known one. */
  addSource(options: SourceOptions): void {
    this.#asked?.add(options);
  }

  /** This device is not asked any more. */
  removeSource(peerId: string): void {
    this.#links.delete(peerId);
    this.#asked?.remove(peerId);
  }

  /** Asks a device once more that refused, had nothing to be asked with, or was dropped. */
  askAgain(peerId: string): void {
    this.#asked?.askAgain(peerId);
  }

  /**
   * Entries of {@link chosen} that their origin has no longer, or not as they were, and that no other source is known
   * to have; none as long as anything else is left to fetch.
   */
  get lostEntries(): readonly number[] {
    if (!this.#fetch || isEnded(this.#state)) return [];
    return this.#asked?.lostEntries(this.#fetch) ?? [];
  }

  /** Goes on without these entries of {@link chosen}: what is held of them stays, and they are never `agreed`. */
  giveUp(entries: readonly number[]): void {
    if (isEnded(this.#state)) return;
    this.#fetch?.giveUp(entries);
    this.events.emit('change', undefined);
  }

  attach(peerId: string, link: Link): void {
    this.#links.set(peerId, link);
    // It may have ended while there was no link to say so.
    if (isEnded(this.#state)) return this.#tellEnd();
    if (this.#asked) return this.#asked.attach(peerId, link);
    if (this.#state.status === 'announced') return this.#askManifest(link);
    const wasFetching = this.#state.status === 'fetching' || this.#state.status === 'finishing';
    // A stalled transfer starts with every link it has; one that is moving gains a source.
    if (wasFetching) this.#fetchFrom(peerId, link);
    else this.#apply({ type: 'connected' });
  }

  detach(peerId: string): void {
    if (!this.#links.delete(peerId)) return;
    if (this.#asked) return this.#asked.detach(peerId);
    this.#fetch?.removeSource(peerId);
    if (this.#links.size === 0) this.#apply({ type: 'disconnected' });
  }

  /**
   * Starts fetching the entries with these indexes in {@link manifest}, all when absent; none is a refusal.
   * @throws ContentError `store-full` or `store-failed`; the transfer stays announced then
   */
  async accept(entryIndexes?: readonly number[]): Promise<void> {
    if (this.#state.status !== 'announced' || !this.#manifest || this.#isAccepting) return;
    const indexes = entryIndexes ?? this.#manifest.entries.keys();
    const chosenRuns = runsOf([...new Set(indexes)].sort((a, b) => a - b));
    if (chosenRuns.length === 0) return this.decline();
    this.#isAccepting = true;
    try {
      // Of an earlier life that nobody remembers: another choice would take its chunks for its own.
      await this.#stores.delete(this.transfer);
      await this.#open(chooseEntries(this.#manifest, chosenRuns), chosenRuns);
      await this.#remember(this);
    } finally {
      this.#isAccepting = false;
    }
    // Cancelled meanwhile.
    if (this.#state.status !== 'announced') return this.#discard();
    this.#apply({ type: 'accept' });
    if (this.#asked) this.#settleAsked();
    else if (this.#links.size === 0) this.#apply({ type: 'disconnected' });
  }

  /**
   * Goes on with a transfer accepted in an earlier life of this program: nothing is asked again, and what
   * the store holds stays held.
   */
  async restore({ chosen, chosenRuns, isPaused = false, givenUp = [] }: AcceptedTransfer): Promise<void> {
    const { completion } = await this.#open(chosen, chosenRuns, givenUp);
    this.#state = { status: 'stalled', held: completion.allWhole };
    if (isPaused) this.pause();
    if (this.#asked) this.#settleAsked();
    else if (this.#links.size > 0) this.#apply({ type: 'connected' });
    this.events.emit('change', undefined);
  }

  /**
   * Tries again what failed, with all that is held.
   * @throws ContentError `store-failed`
   */
  async retry(): Promise<void> {
    if (this.#state.status !== 'failed') return;
    if (this.#fetch) {
      const { completion } = await this.#open(this.#fetch.chosen, this.#fetch.chosenRuns, this.givenUp);
      this.#apply({ type: 'retry', held: completion.allWhole });
    } else this.#apply({ type: 'retry' });
    if (this.#asked) this.#asked.reviveAll();
    else if (this.#fetch && this.#links.size > 0) this.#apply({ type: 'connected' });
  }

  /**
   * Opens its store anew, for one that the provider keeps elsewhere now; what is under way is asked for again.
   * @throws ContentError `store-failed`; the transfer has failed then
   */
  async reopen(): Promise<void> {
    if (isEnded(this.#state) || !this.#fetch) return;
    try {
      await this.#open(this.#fetch.chosen, this.#fetch.chosenRuns, this.givenUp);
    } catch (error) {
      this.fail(error instanceof FerryError ? error : ContentError.storeFailed(error));
      throw error;
    }
    const { status } = this.#state;
    if (status === 'fetching' || status === 'finishing') this.#perform('fetch');
  }

  /** The sender announces it once more: it may be a new program that does not know how this one ended. */
  announcedAgain(link: Link): void {
    const state = this.#state;
    if (state.status === 'failed' && state.by === 'peer') void this.retry().catch((error) => this.fail(error));
    else if (state.status === 'done') this.#sayAllIsHere(link);
    else if (isEnded(state)) this.#tellEnd();
    // A pause of the sender's is said again behind its announcement, or it is over.
    else this.#apply({ type: 'resume', by: 'peer' });
  }

  decline(): void {
    this.#apply({ type: 'decline' });
  }

  /** The reason is told to the other side. */
  pause(reason: PauseReason = 'user'): void {
    this.#apply({ type: 'pause', by: 'me', reason });
  }

  resume(): void {
    if (this.#state.status === 'paused' && this.#state.by.me === 'space') void this.#resumeWithRoom();
    else this.#apply({ type: 'resume', by: 'me' });
  }

  cancel(): void {
    this.#apply({ type: 'cancel', by: 'me', reason: 'user' });
  }

  /** @throws ProtocolError for what no honest sender says */
  handle(peerId: string, message: TransferMessage, release: () => void): void {
    if (message.type === 'chunk') return void this.#takeChunk(peerId, message, release);
    if (message.type === 'complete') return this.#fetch?.agree(peerId, message);
    if (this.#asked) return this.#asked.handle(peerId, message);
    switch (message.type) {
      case 'manifest':
        return this.#addManifestPage(message);
      case 'have':
        return;
      case 'pause':
        return this.#apply({ type: 'pause', by: 'peer', reason: message.reason });
      case 'resume':
        return this.#apply({ type: 'resume', by: 'peer' });
      case 'cancel':
        return this.#apply({ type: 'cancel', by: 'peer', reason: message.reason });
      case 'abort':
        return this.#apply({ type: 'fail', by: 'peer', code: message.code, entry: message.entry });
      default:
        throw ProtocolError.unexpected(`${message.type} to a receiver`);
    }
  }

  /** A device that broke the protocol; what others have still comes from them. */
  dropSource(peerId: string, error: FerryError): void {
    if (this.#asked) this.#asked.drop(peerId, error);
    else this.fail(error);
  }

  fail(error: FerryError): void {
    // A full disk is the user's to mend: everything held stays, and resuming tries again.
    if (error.code === 'store-full') return this.pause('space');
    this.#apply({ type: 'fail', by: 'me', code: error.code });
  }

  #asking(): AskedSources {
    const receiver = this;
    const asking: AskingReceiver = {
      transfer: this.transfer,
      get state() {
        return receiver.#state;
      },
      get fetching() {
        return receiver.#fetch;
      },
      apply: (event) => this.#apply(event),
      fetchFrom: (peerId, link) => this.#fetchFrom(peerId, link),
      told: (manifest, summary) => this.#told(manifest, summary),
      fail: (error) => this.fail(error),
      changed: () => this.events.emit('change', undefined),
    };
    return new AskedSources(asking, this.#clock);
  }

  /** The first origin that answers says what there is. */
  #told(manifest: Manifest, { title, itemCount, entryCount, totalBytes }: BundleSummary): void {
    if (this.#manifest || this.#fetch) return;
    this.#manifest = manifest;
    this.#summary = { title, itemCount, entryCount, totalBytes };
    this.events.emit('ready', manifest);
  }

  #settleAsked(): void {
    this.#asked?.settle();
    // Nothing but empty files needs nobody, where their content ids are known.
    this.#fetch?.finishIfWhole();
  }

  #askManifest(link: Link): void {
    // Also when it is known: a sender that has forgotten the transfer says so then.
    link.send({ type: 'list', transfer: this.transfer, firstEntry: this.#collector.nextEntry });
  }

  #addManifestPage(page: Extract<TransferMessage, { type: 'manifest' }>): void {
    // A page asked for on a link that broke may come again on the next one.
    if (this.#manifest || page.firstEntry < this.#collector.nextEntry) return;
    this.#manifest = this.#collector.add(page);
    if (this.#manifest) this.events.emit('ready', this.#manifest);
    else for (const link of this.#links.values()) this.#askManifest(link);
  }

  /** Opens the store for what is chosen, in place of the one that was open. */
  async #open(chosen: Manifest, chosenRuns: readonly Run[], givenUp: readonly number[] = []): Promise<Fetch> {
    const { transfer } = this;
    const before = this.#fetch;
    await before?.close();
    const layout = new BundleLayout(chosen);
    const store = await this.#stores.open(transfer, layout);
    const movedBytes = before?.movedBytes ?? 0;
    const fetch = new Fetch({
      transfer,
      chosen,
      chosenRuns,
      layout,
      store,
      clock: this.#clock,
      movedBytes,
      isAsked: this.isAsked,
      startChunk: this.#startChunk(layout.chunkCount),
      givenUp,
    });
    this.#fetch = fetch;
    fetch.events.on('progress', () => this.events.emit('change', undefined));
    fetch.events.on('landed', (chunk) => this.events.emit('landed', chunk));
    fetch.events.on('held', () => this.#apply({ type: 'held' }));
    fetch.events.on('agreed', () => this.#apply({ type: 'agreed' }));
    fetch.events.on('error', (error) => this.fail(error));
    fetch.events.on('bad-source', ({ peerId, error }) => this.#dropSource(peerId, error));
    return fetch;
  }

  async #takeChunk(peerId: string, message: ChunkMessage, release: () => void): Promise<void> {
    try {
      this.#asked?.gave(peerId, message.bytes.length);
      await this.#fetch?.take(peerId, message);
    } catch (error) {
      if (!(error instanceof FerryError)) throw error;
      this.#links.get(peerId)?.close(error);
    } finally {
      release();
    }
  }

  #dropSource(peerId: string, error: ContentError): void {
    if (this.isAsked) this.#links.get(peerId)?.send({ type: 'abort', transfer: this.transfer, code: error.code });
    this.dropSource(peerId, error);
  }

  /**
   * Several who fetch the same from one source at once have more to give each other when they begin in different
   * places; a single file from a single source is best fetched from its start.
   */
  #startChunk(chunkCount: number): number {
    const seed = Number.parseInt(this.transfer.slice(0, 8), 16);
    return (this.#asked?.count ?? 0) > 1 && chunkCount > LEAST_SWARM_CHUNKS ? seed % chunkCount : 0;
  }

  #apply(event: ReceiverEvent): void {
    const [state, effects] = receiverTransition(this.#state, event);
    const changed = state !== this.#state;
    this.#state = state;
    if (changed) this.progress?.restart();
    for (const effect of effects) this.#perform(effect);
    if (changed) this.events.emit('change', undefined);
  }

  #perform(effect: ReceiverEffect): void {
    const { transfer } = this;
    switch (effect) {
      case 'fetch':
        for (const [peerId, link] of this.#linksToUse()) this.#fetchFrom(peerId, link);
        return;
      case 'stop-fetching':
        return this.#fetch?.pause();
      case 'tell-accept':
        for (const [peerId, link] of this.#linksToUse()) this.#tellAccept(peerId, link);
        return;
      case 'tell-pause':
        return this.#tellPause();
      case 'tell-resume':
        return this.#tell({ type: 'resume', transfer });
      case 'tell-decline':
      case 'tell-cancel':
      case 'tell-failure':
        return this.#tellEnd();
      case 'discard':
        return void this.#discard();
      case 'close':
        return void this.#fetch?.close();
    }
  }

  /** A store that ran out of room may have lost what it had not made durable: it is asked again what it holds. */
  async #resumeWithRoom(): Promise<void> {
    try {
      await this.reopen();
      this.#apply({ type: 'resume', by: 'me' });
    } catch {
      // It is still full, or has failed: reopen() has seen to that.
    }
  }

  /** Those that may be asked for chunks. */
  #linksToUse(): Iterable<[string, Link]> {
    return this.#asked ? this.#asked.active() : this.#links;
  }

  #fetchFrom(peerId: string, link: Link): void {
    this.#fetch?.addSource(peerId, link, this.#tellAccept(peerId, link));
  }

  #tellAccept(peerId: string, link: Link): SourceContent {
    const content = (this.#fetch && this.#asked?.contentOf(peerId, this.#fetch)) ?? {};
    const entries = content.map?.theirRuns ?? this.chosenRuns;
    link.send({ type: 'accept', transfer: this.transfer, entries: [...entries] });
    this.#fetch?.tellHeld(link, content);
    return content;
  }

  #tellPause(): void {
    if (this.#state.status !== 'paused' || !this.#state.by.me) return;
    this.#tell({ type: 'pause', transfer: this.transfer, reason: this.#state.by.me });
  }

  #sayAllIsHere(link: Link): void {
    this.#tellAccept(this.peerId, link);
    this.#fetch?.sayAll(link);
  }

  #tell(message: Exclude<TransferMessage, ChunkMessage>): void {
    for (const link of this.#links.values()) link.send(message);
  }

  /** Says how it ended; nothing when both sides know. */
  #tellEnd(): void {
    const word = lastWordOf(this.transfer, this.#state);
    if (word) this.#tell(word);
    this.#asked?.close();
  }

  async #discard(): Promise<void> {
    await this.#fetch?.close();
    await this.#stores.delete(this.transfer);
  }
}
