// Receives one bundle: pulls the chunks it lacks from whoever has them, verifies each, stores them, and
// compares content ids at the end. Knows links and messages, not how they travel, and no file names' use.
import type { ReadonlyBitfield } from '../content/bitfield.ts';
import { BundleLayout } from '../content/layout.ts';
import { type BundleSummary, chooseEntries, type Manifest } from '../content/manifest.ts';
import { type Run, runsOf } from '../content/run.ts';
import type { ChunkStore, ChunkStoreProvider } from '../content/store.ts';
import { type ContentError, FerryError, ProtocolError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import type { Link } from '../wire/link.ts';
import type { ChunkMessage, TransferId, TransferMessage } from '../wire/message.ts';
import { Fetch } from './fetch.ts';
import { ManifestCollector } from './manifest-collector.ts';
import type { Progress } from './progress.ts';
import {
  isEnded,
  type ReceiverEffect,
  type ReceiverEvent,
  type ReceiverState,
  receiverTransition,
} from './receiver-state.ts';

export interface ReceiverEvents {
  /** The manifest is whole: a person may be asked now. */
  ready: Manifest;
  /** Something that the receiver shows is different. */
  change: undefined;
}

export interface ReceiverOptions {
  transfer: TransferId;
  /** The device that announced it. */
  peerId: string;
  summary: BundleSummary;
  stores: ChunkStoreProvider;
  clock: Clock;
}

export class Receiver {
  readonly transfer: TransferId;
  readonly peerId: string;
  readonly summary: BundleSummary;
  readonly events = new Emitter<ReceiverEvents>();
  readonly #stores: ChunkStoreProvider;
  readonly #clock: Clock;
  readonly #links = new Map<string, Link>();
  readonly #collector: ManifestCollector;
  #state: ReceiverState = { status: 'announced' };
  #manifest: Manifest | undefined;
  #chosenRuns: Run[] = [];
  #chosen: Manifest | undefined;
  #fetch: Fetch | undefined;

  constructor(options: ReceiverOptions) {
    this.transfer = options.transfer;
    this.peerId = options.peerId;
    this.summary = options.summary;
    this.#stores = options.stores;
    this.#clock = options.clock;
    this.#collector = new ManifestCollector(options.summary);
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
    return this.#chosen;
  }

  /** Indexes of {@link chosen} in {@link manifest}: what `restore` needs. */
  get chosenRuns(): readonly Run[] {
    return this.#chosenRuns;
  }

  get progress(): Progress | undefined {
    return this.#fetch?.progress;
  }

  get held(): ReadonlyBitfield | undefined {
    return this.#fetch?.store.have;
  }

  /** Entries of {@link chosen} on whose content ids both sides agree. */
  get agreed(): ReadonlyBitfield | undefined {
    return this.#fetch?.completion.agreed;
  }

  attach(peerId: string, link: Link): void {
    this.#links.set(peerId, link);
    // It may have ended while there was no link to say so.
    if (isEnded(this.#state)) return this.#tellEnd();
    if (this.#state.status === 'announced') return this.#askManifest(link);
    const wasFetching = this.#state.status === 'fetching' || this.#state.status === 'finishing';
    // A stalled transfer starts with every link it has; one that is moving gains a source.
    if (wasFetching) this.#fetchFrom(peerId, link);
    else this.#apply({ type: 'connected' });
  }

  detach(peerId: string): void {
    if (!this.#links.delete(peerId)) return;
    this.#fetch?.removeSource(peerId);
    if (this.#links.size === 0) this.#apply({ type: 'disconnected' });
  }

  /**
   * Starts fetching the entries with these indexes in {@link manifest}, all when absent; none is a refusal.
   * @throws ContentError `store-full` or `store-failed`; the transfer stays announced then
   */
  async accept(entryIndexes?: readonly number[]): Promise<void> {
    if (this.#state.status !== 'announced' || !this.#manifest) return;
    const indexes = entryIndexes ?? this.#manifest.entries.keys();
    const chosenRuns = runsOf([...new Set(indexes)].sort((a, b) => a - b));
    if (chosenRuns.length === 0) return this.decline();
    const chosen = chooseEntries(this.#manifest, chosenRuns);
    const layout = new BundleLayout(chosen);
    const store = await this.#stores.open(this.transfer, layout);
    // Cancelled meanwhile, or accepted twice.
    if (this.#state.status !== 'announced') return void (await store.close());
    this.#chosenRuns = chosenRuns;
    this.#chosen = chosen;
    this.#fetch = this.#newFetch(layout, store);
    this.#apply({ type: 'accept' });
    if (this.#links.size === 0) this.#apply({ type: 'disconnected' });
  }

  /**
   * Goes on with a transfer accepted in an earlier life of this program: nothing is asked again, and what
   * the store holds stays held.
   * @param chosen the accepted entries, as {@link chosen} was; `chosenRuns` their indexes in the announced manifest
   */
  async restore(chosen: Manifest, chosenRuns: Run[]): Promise<void> {
    const layout = new BundleLayout(chosen);
    const store = await this.#stores.open(this.transfer, layout);
    this.#chosen = chosen;
    this.#chosenRuns = chosenRuns;
    this.#fetch = this.#newFetch(layout, store);
    this.#state = { status: 'stalled', held: this.#fetch.completion.allWhole };
    if (this.#links.size > 0) this.#apply({ type: 'connected' });
    this.events.emit('change', undefined);
  }

  decline(): void {
    this.#apply({ type: 'decline' });
  }

  pause(): void {
    this.#apply({ type: 'pause', by: 'me' });
  }

  resume(): void {
    this.#apply({ type: 'resume', by: 'me' });
  }

  cancel(): void {
    this.#apply({ type: 'cancel', by: 'me', reason: 'user' });
  }

  /** @throws ProtocolError for what no honest sender says */
  handle(peerId: string, message: TransferMessage, release: () => void): void {
    switch (message.type) {
      case 'manifest':
        return this.#addManifestPage(message);
      case 'chunk':
        return void this.#takeChunk(peerId, message, release);
      case 'complete':
        return this.#fetch?.agree(message);
      case 'have':
        return;
      case 'pause':
      case 'resume':
        return this.#apply({ type: message.type, by: 'peer' });
      case 'cancel':
        return this.#apply({ type: 'cancel', by: 'peer', reason: message.reason });
      case 'abort':
        return this.#apply({ type: 'fail', code: message.code, entry: message.entry });
      default:
        throw ProtocolError.unexpected(`${message.type} to a receiver`);
    }
  }

  fail(error: FerryError): void {
    // A full disk is the user's to mend: everything held stays, and resuming tries again.
    if (error.code === 'store-full') return this.#apply({ type: 'pause', by: 'me', cause: error.code });
    this.#apply({ type: 'fail', code: error.code });
  }

  #askManifest(link: Link): void {
    if (this.#manifest) return;
    link.send({ type: 'list', transfer: this.transfer, firstEntry: this.#collector.nextEntry });
  }

  #addManifestPage(page: Extract<TransferMessage, { type: 'manifest' }>): void {
    // A page asked for on a link that broke may come again on the next one.
    if (this.#manifest || page.firstEntry < this.#collector.nextEntry) return;
    this.#manifest = this.#collector.add(page);
    if (this.#manifest) this.events.emit('ready', this.#manifest);
    else for (const link of this.#links.values()) this.#askManifest(link);
  }

  #newFetch(layout: BundleLayout, store: ChunkStore): Fetch {
    const fetch = new Fetch({ transfer: this.transfer, layout, store, clock: this.#clock });
    fetch.events.on('progress', () => this.events.emit('change', undefined));
    fetch.events.on('held', () => this.#apply({ type: 'held' }));
    fetch.events.on('agreed', () => this.#apply({ type: 'agreed' }));
    fetch.events.on('error', (error) => this.fail(error));
    fetch.events.on('bad-source', ({ peerId, error }) => this.#dropSource(peerId, error));
    return fetch;
  }

  async #takeChunk(peerId: string, message: ChunkMessage, release: () => void): Promise<void> {
    try {
      await this.#fetch?.take(peerId, message);
    } catch (error) {
      if (!(error instanceof FerryError)) throw error;
      this.#links.get(peerId)?.close(error);
    } finally {
      release();
    }
  }

  #dropSource(peerId: string, error: ContentError): void {
    this.#links.get(peerId)?.send({ type: 'abort', transfer: this.transfer, code: error.code });
    this.#links.delete(peerId);
    this.#fetch?.removeSource(peerId);
    // The announcing device is the only source so far: without it there is nobody left to ask.
    if (this.#links.size === 0) this.fail(error);
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
        for (const [peerId, link] of this.#links) this.#fetchFrom(peerId, link);
        return;
      case 'stop-fetching':
        return this.#fetch?.pause();
      case 'tell-accept':
        for (const link of this.#links.values()) this.#tellAccept(link);
        return;
      case 'tell-pause':
        return this.#tell({ type: 'pause', transfer });
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

  #fetchFrom(peerId: string, link: Link): void {
    this.#tellAccept(link);
    this.#fetch?.addSource(peerId, link);
  }

  #tellAccept(link: Link): void {
    link.send({ type: 'accept', transfer: this.transfer, entries: this.#chosenRuns });
    this.#fetch?.tellHeld(link);
  }

  #tell(message: Exclude<TransferMessage, ChunkMessage>): void {
    for (const link of this.#links.values()) link.send(message);
  }

  /** Says how it ended; nothing when both sides know. */
  #tellEnd(): void {
    const { transfer } = this;
    const state = this.#state;
    if (state.status === 'declined') this.#tell({ type: 'decline', transfer });
    if (state.status === 'cancelled') this.#tell({ type: 'cancel', transfer, reason: state.reason });
    if (state.status === 'failed') this.#tell({ type: 'abort', transfer, code: state.code });
  }

  async #discard(): Promise<void> {
    await this.#fetch?.close();
    await this.#stores.delete(this.transfer);
  }
}
