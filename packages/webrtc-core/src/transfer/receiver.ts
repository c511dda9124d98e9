// Receives one bundle: what a person or a program decides about it, and what its machine makes of that. Pulls chunks from
// whoever has them; knows links and messages, not how they travel, and no file names' use.
import type { BundleSummary, Manifest } from '../content/manifest.ts';
import { FerryError } from '../errors.ts';
import { Emitter } from '../util/emitter.ts';
import type { Link } from '../wire/link.ts';
import type { TransferMessage } from '../wire/message.ts';
import type { ChunkMessage } from '../wire/pull-message.ts';
import type { PauseReason } from '../wire/stop-message.ts';
import type { TransferId } from '../wire/transfer-id.ts';
import { AcceptedFetch, type AcceptedTransfer } from './accepted-fetch.ts';
import { AnnouncingSource } from './announcing-source.ts';
import { AskedSources } from './asked-sources.ts';
import type { SourceInfo, SourceOptions } from './asking.ts';
import type { Fetch } from './fetch.ts';
import { lastWordOf } from './last-word.ts';
import { Openings } from './openings.ts';
import type { ReceivedOutcome } from './outcomes.ts';
import { Pull } from './pull.ts';
import { ReceivedContent } from './received-content.ts';
import type { ReceiverEvents } from './receiver-events.ts';
import type { ReceiverOptions } from './receiver-options.ts';
import type { ReceiverSources, SourcedReceiver } from './receiver-sources.ts';
import {
  isEnded,
  type ReceiverEffect,
  type ReceiverEvent,
  type ReceiverState,
  receiverTransition,
} from './receiver-state.ts';
import { type ToldWord, toldWord } from './told-word.ts';
import { TransferMachine } from './transfer-machine.ts';

export class Receiver extends ReceivedContent {
  readonly transfer: TransferId;
  /** The device that announced it, or is asked first. */
  readonly peerId: string;
  /** Nobody announced it: this side asks for it. */
  readonly isAsked: boolean;
  readonly events = new Emitter<ReceiverEvents>();
  readonly #links = new Map<string, Link>();
  /** Undefined for what was announced. */
  readonly #asked: AskedSources | undefined;
  readonly #sources: ReceiverSources;
  readonly #accepted: AcceptedFetch;
  readonly #pull: Pull;
  readonly #openings: Openings;
  readonly #machine: TransferMachine<ReceiverState, ReceiverEvent, ReceiverEffect>;
  #summary: BundleSummary;
  #manifest: Manifest | undefined;

  /** @param remember before the sender is told that it is accepted: it never announces it as new again */
  constructor(options: ReceiverOptions, remember: (receiver: Receiver) => Promise<void>) {
    super();
    const { transfer, peerId, summary, manifest, sets, stores, asks, mostSources, clock } = options;
    const isInSets = sets !== undefined;
    this.transfer = transfer;
    this.peerId = peerId;
    this.isAsked = asks !== undefined;
    this.#summary = summary;
    this.#manifest = manifest;
    this.#machine = new TransferMachine<ReceiverState, ReceiverEvent, ReceiverEffect>({
      transition: receiverTransition,
      state: { status: 'announced' },
      onEnter: () => this.progress?.restart(),
      perform: (effect) => this.#perform(effect),
      onChange: () => this.events.emit('change', undefined),
    });
    this.#asked = asks && new AskedSources(this.#sourced(), { clock, isInSets, most: mostSources });
    this.#sources = this.#asked ?? new AnnouncingSource(this.#sourced(), peerId, summary);
    const sourceCount = () => this.#sources.count;
    const listen = (fetch: Fetch) => this.#listen(fetch);
    this.#accepted = new AcceptedFetch({ transfer, stores, sets, isAsked: this.isAsked, sourceCount, listen, clock });
    this.#pull = new Pull(transfer, this.#sources, () => this.fetching);
    this.#openings = new Openings({
      ...{ machine: this.#machine, accepted: this.#accepted, sources: this.#sources, isInSets },
      remember: () => remember(this),
      fail: (error) => this.fail(error),
    });
    for (const source of asks ?? []) this.#asked?.add(source);
  }

  /** As announced, or as told by the first origin that answered. */
  get summary(): BundleSummary {
    return this.#summary;
  }

  get state(): ReceiverState {
    return this.#machine.state;
  }

  /** All that was announced; undefined until the manifest is whole. */
  get manifest(): Manifest | undefined {
    return this.#manifest;
  }

  /** What is to be remembered of it once it has ended; undefined for a failure. */
  get outcome(): ReceivedOutcome | undefined {
    const { status } = this.state;
    if (status === 'declined' || status === 'cancelled') return { status };
    return status === 'done' ? this.fetching?.outcome() : undefined;
  }

  /** Devices that may have it; the announcing one for what was announced. */
  get sources(): readonly SourceInfo[] {
    return this.#sources.infos;
  }

  /** Devices it matters to be connected with. */
  get peerIds(): string[] {
    return isEnded(this.state) ? [] : this.#sources.peerIds;
  }

  /** It would fetch, and those that are there have nothing of what is missing, or not enough. */
  get isStarved(): boolean {
    return this.state.status === 'fetching' && (this.fetching?.isStarved ?? false);
  }

  has(peerId: string): boolean {
    return this.#sources.has(peerId);
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
    return this.fetching && !isEnded(this.state) ? this.#sources.lostEntries(this.fetching) : [];
  }

  /** Goes on without these entries of {@link chosen}: what is held of them stays, and they are never `agreed`. */
  giveUp(entries: readonly number[]): void {
    if (isEnded(this.state)) return;
    this.fetching?.giveUp(entries);
    this.events.emit('change', undefined);
  }

  attach(peerId: string, link: Link): void {
    this.#links.set(peerId, link);
    // It may have ended while there was no link to say so.
    if (isEnded(this.state)) return this.#tellEnd();
    this.#sources.attach(peerId, link);
  }

  detach(peerId: string): void {
    if (this.#links.delete(peerId)) this.#sources.detach(peerId);
  }

  /**
   * Starts fetching the entries with these indexes in {@link manifest}, all when absent and all of sets; none is a refusal.
   * @throws ContentError `store-full` or `store-failed`; the transfer stays announced then
   */
  async accept(entryIndexes?: readonly number[]): Promise<void> {
    if (this.#manifest) await this.#openings.accept(this.#manifest, entryIndexes);
  }

  /**
   * Goes on with a transfer accepted in an earlier life of this program: nothing is asked again, and what
   * the store holds stays held.
   */
  async restore(accepted: AcceptedTransfer): Promise<void> {
    await this.#openings.restore(accepted);
    this.events.emit('change', undefined);
  }

  /**
   * Tries again what failed, with all that is held.
   * @throws ContentError `store-failed`
   */
  async retry(): Promise<void> {
    await this.#openings.retry();
  }

  /**
   * Opens its store anew, for one that the provider keeps elsewhere now; what is under way is asked for again.
   * @throws ContentError `store-failed`; the transfer has failed then
   */
  async reopen(): Promise<void> {
    if (isEnded(this.state)) return;
    await this.#openings.reopen();
    const { status } = this.state;
    if (status === 'fetching' || status === 'finishing') this.#pull.fromAll();
  }

  /** The sender announces it once more: it may be a new program that does not know how this one ended. */
  announcedAgain(link: Link): void {
    const { state } = this;
    if (state.status === 'failed' && state.by === 'peer') void this.retry().catch((error) => this.fail(error));
    else if (state.status === 'done') this.#pull.sayAllIsHere(this.peerId, link);
    else if (isEnded(state)) this.#tellEnd();
    // A pause of the sender's is said again behind its announcement, or it is over.
    else this.#machine.apply({ type: 'resume', by: 'peer' });
  }

  decline(): void {
    this.#machine.apply({ type: 'decline' });
  }

  /** The reason is told to the other side. */
  pause(reason: PauseReason = 'user'): void {
    this.#machine.apply({ type: 'pause', by: 'me', reason });
  }

  resume(): void {
    if (this.state.status === 'paused' && this.state.by.me === 'space') void this.#resumeWithRoom();
    else this.#machine.apply({ type: 'resume', by: 'me' });
  }

  cancel(): void {
    this.#machine.apply({ type: 'cancel', by: 'me', reason: 'user' });
  }

  /** @throws ProtocolError for what no honest sender says */
  handle(peerId: string, message: TransferMessage, release: () => void): void {
    if (message.type === 'chunk') return void this.#takeChunk(peerId, message, release);
    if (message.type === 'complete') return this.fetching?.agree(peerId, message);
    this.#sources.handle(peerId, message);
  }

  /** A device that broke the protocol; what others have still comes from them. */
  dropSource(peerId: string, error: FerryError): void {
    this.#sources.drop(peerId, error);
  }

  fail(error: FerryError): void {
    // A full disk is the user's to mend: everything held stays, and resuming tries again.
    if (error.code === 'store-full') return this.pause('space');
    this.#machine.apply({ type: 'fail', by: 'me', code: error.code });
  }

  protected get fetching(): Fetch | undefined {
    return this.#accepted.current;
  }

  #sourced(): SourcedReceiver {
    const receiver = this;
    return {
      transfer: this.transfer,
      links: this.#links,
      get state() {
        return receiver.state;
      },
      get fetching() {
        return receiver.fetching;
      },
      apply: (event) => this.#machine.apply(event),
      fetchFrom: (peerId, link) => this.#pull.from(peerId, link),
      told: (manifest, summary) => this.#told(manifest, summary),
      fail: (error) => this.fail(error),
      changed: () => this.events.emit('change', undefined),
    };
  }

  /** The first that tells says what there is. */
  #told(manifest: Manifest, summary = this.#summary): void {
    if (this.#manifest || this.fetching) return;
    this.#manifest = manifest;
    this.#summary = summary;
    this.events.emit('ready', manifest);
  }

  #listen({ events }: Fetch): void {
    events.on('progress', () => this.events.emit('change', undefined));
    events.on('verified', (source) => this.events.emit('verified', source));
    events.on('damaged', (damage) => this.events.emit('damaged', damage));
    events.on('landed', (chunk) => this.events.emit('landed', chunk));
    events.on('rejected', (error) => this.events.emit('rejected', error));
    events.on('silent', ({ peerId }) => this.#sources.rest(peerId));
    events.on('held', () => this.#machine.apply({ type: 'held' }));
    events.on('agreed', () => this.#machine.apply({ type: 'agreed' }));
    events.on('error', (error) => this.fail(error));
    events.on('bad-source', ({ peerId, error }) => {
      if (this.isAsked) this.#links.get(peerId)?.send({ type: 'abort', transfer: this.transfer, code: error.code });
      this.dropSource(peerId, error);
    });
  }

  async #takeChunk(peerId: string, message: ChunkMessage, release: () => void): Promise<void> {
    try {
      this.#sources.gave(peerId, message.bytes.length);
      await this.fetching?.take(peerId, message);
    } catch (error) {
      if (!(error instanceof FerryError)) throw error;
      this.#links.get(peerId)?.close(error);
    } finally {
      release();
    }
  }

  #perform(effect: ReceiverEffect): void {
    switch (effect) {
      case 'fetch':
        return this.#pull.fromAll();
      case 'stop-fetching':
        return this.fetching?.pause();
      case 'tell-accept':
        return this.#pull.tellAll();
      case 'discard':
        return void this.#accepted.discard();
      case 'close':
        if (this.state.status === 'done') this.#sources.dismiss();
        return void this.#accepted.close();
      case 'tell-pause':
      case 'tell-resume':
        return this.#tell(toldWord(effect, this.transfer, this.state));
      default:
        return this.#tellEnd();
    }
  }

  /** A store that ran out of room may have lost what it had not made durable: it is asked again what it holds. */
  async #resumeWithRoom(): Promise<void> {
    try {
      await this.reopen();
      this.#machine.apply({ type: 'resume', by: 'me' });
    } catch {
      // It is still full, or has failed: reopen() has seen to that.
    }
  }

  /** Says how it ended; nothing when both sides know. */
  #tellEnd(): void {
    this.#tell(lastWordOf(this.transfer, this.state));
    this.#sources.close();
  }

  #tell(word: ToldWord | undefined): void {
    if (word) for (const link of this.#links.values()) link.send(word);
  }
}
