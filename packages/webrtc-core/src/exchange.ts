// The switchboard: routes each link's messages to senders and receivers, and says which peers are needed.
// The only file that knows both wings, how bytes travel (as a Connector) and what they mean.
import type { Connector } from './connector.ts';
import { type BundleSummary, type Manifest, totalBytes } from './content/manifest.ts';
import type { Run } from './content/run.ts';
import type { Bundle } from './content/source.ts';
import type { ChunkStoreProvider } from './content/store.ts';
import { FerryError, ProtocolError } from './errors.ts';
import type { Asked, SourceOptions } from './transfer/asking.ts';
import { type HashJournals, MemoryHashJournals } from './transfer/hash-journal.ts';
import { OpenAsks } from './transfer/open-asks.ts';
import { Outcomes, type ReceivedOutcome, type SentOutcome } from './transfer/outcomes.ts';
import { Outgoing } from './transfer/outgoing.ts';
import { type AcceptedTransfer, Receiver, type ReceiverOptions } from './transfer/receiver.ts';
import { isEnded } from './transfer/receiver-state.ts';
import { checkSendable } from './transfer/sendable.ts';
import { type Clock, systemClock } from './util/clock.ts';
import { Emitter } from './util/emitter.ts';
import type { Channel } from './wire/channel.ts';
import { WIRE_LIMITS } from './wire/limits.ts';
import { Link } from './wire/link.ts';
import type { AnnounceMessage, AskMessage, RefusalReason, TransferId, TransferMessage } from './wire/message.ts';
import { RateLimit } from './wire/rate-limit.ts';

export interface ExchangeEvents {
  /** Somebody announced a bundle and its manifest is whole: ask the user. */
  incoming: Receiver;
  /** Somebody asks for something of this side's. */
  asked: Asked;
  /** A transfer shows something new. */
  change: Receiver | Outgoing;
  /** A link to a peer opened or closed. */
  link: { peerId: string; open: boolean };
  /** A peer broke the protocol and was dropped. */
  'peer-error': { peerId: string; error: FerryError };
}

/**
 * What must be on disk before the other side is told of it, for programs whose transfers outlive them: what one
 * side forgets because the other one knows, the other one must not forget.
 */
export interface TransferMemory {
  /** It is about to be accepted; remember what {@link Exchange.restoreIncoming} needs. */
  accepting(receiver: Receiver): Promise<void>;
  /** The receiver has everything; remember what {@link Exchange.rememberSent} needs. */
  delivered(delivered: { transfer: TransferId; entryCount: number; root: Uint8Array }): Promise<void>;
}

/** Something to fetch from whoever has it. */
export interface FetchRequest {
  /** Of an earlier life of this program; a new one when absent. */
  transfer?: TransferId;
  /** What is known before anybody answered. */
  summary: BundleSummary;
  /**
   * What is wanted, when it is known before anybody answered: with content ids it does not matter then who has it. It
   * can be accepted at once.
   */
  manifest?: Manifest;
  sources: readonly SourceOptions[];
  /** What was accepted in an earlier life of this program: nothing is asked again, what is held stays held. */
  accepted?: AcceptedTransfer;
}

export interface ExchangeOptions {
  connector: Connector;
  stores: ChunkStoreProvider;
  /** Hashes of what was sent; in memory when absent. */
  journals?: HashJournals;
  memory?: TransferMemory;
  clock?: Clock;
}

/** What must be remembered of an accepted transfer to go on with it after a restart. */
export interface RestoreIncomingOptions extends AcceptedTransfer {
  transfer: TransferId;
  peerId: string;
  summary: BundleSummary;
}

/** What must be remembered of a send to go on with it after a restart. */
export interface RestoreOutgoingOptions {
  transfer: TransferId;
  summary: BundleSummary;
  manifest: Manifest;
  /** Undefined while the files are not at hand; set {@link Outgoing.bundle} when they are. */
  bundle?: Bundle;
  /** Devices that were asked: one may have accepted without this side having heard so. */
  announcedTo?: readonly string[];
  /** The device that accepted it, and what it chose. */
  accepted?: { peerId: string; chosenRuns: readonly Run[] };
  /** The user had paused it. */
  isPaused?: boolean;
}

export class Exchange {
  readonly events = new Emitter<ExchangeEvents>();
  /** Bounds on chunk bytes a second over all links; `serve` is one on what was asked for, within `send`. */
  readonly rates: { send: RateLimit; receive: RateLimit; serve: RateLimit };
  readonly #connector: Connector;
  readonly #stores: ChunkStoreProvider;
  readonly #journals: HashJournals;
  readonly #memory: TransferMemory | undefined;
  readonly #clock: Clock;
  readonly #links = new Map<string, Link>();
  readonly #receivers = new Map<TransferId, Receiver>();
  readonly #outgoing = new Map<TransferId, Outgoing>();
  readonly #outcomes = new Outcomes();
  readonly #wanted = new Set<string>();
  readonly #asks = new OpenAsks();

  constructor({ connector, stores, journals, memory, clock = systemClock }: ExchangeOptions) {
    this.#connector = connector;
    this.#stores = stores;
    this.#journals = journals ?? new MemoryHashJournals();
    this.#memory = memory;
    this.#clock = clock;
    this.rates = { send: new RateLimit(clock), receive: new RateLimit(clock), serve: new RateLimit(clock) };
    connector.events.on('channel', ({ peerId, channel }) => this.#addChannel(peerId, channel));
    connector.events.on('unreachable', ({ peerId, error }) => {
      for (const outgoing of this.#outgoing.values()) outgoing.unreachable(peerId, error);
    });
  }

  /**
   * Announces a bundle to a person's devices; more may be added with `addPeer` when they come online.
   *
   * @throws ContentError `manifest-invalid` for a bundle that is empty or more than a receiver takes
   * @example exchange.announce(blobBundle(files), { title: 'photos', itemCount: 1 }, [deviceId])
   */
  announce(bundle: Bundle, about: Pick<BundleSummary, 'title' | 'itemCount'>, peerIds: Iterable<string>): Outgoing {
    const { manifest } = bundle;
    checkSendable(manifest);
    const summary = { ...about, entryCount: manifest.entries.length, totalBytes: totalBytes(manifest) };
    const outgoing = this.#newOutgoing({ transfer: crypto.randomUUID(), summary, manifest, bundle });
    for (const peerId of peerIds) this.addPeer(outgoing, peerId);
    return outgoing;
  }

  /** Another device of the same person came online. */
  addPeer(outgoing: Outgoing, peerId: string): void {
    if (outgoing.has(peerId)) return;
    outgoing.addPeer(peerId);
    this.#attach(outgoing, peerId);
    // Whoever announces wants to know soon: a connector that waits for its next try is told again.
    if (outgoing.has(peerId) && !this.#links.get(peerId)?.isOpen) this.#connector.want(peerId);
  }

  /**
   * Goes on with a transfer that was accepted before this program was started anew; it stalls until its
   * sender can be reached.
   * @throws ContentError `store-full` or `store-failed`
   */
  async restoreIncoming({ transfer, peerId, summary, ...accepted }: RestoreIncomingOptions): Promise<Receiver> {
    const receiver = this.#newReceiver({ transfer, peerId, summary });
    await receiver.restore(accepted);
    const link = this.#links.get(peerId);
    if (link?.isOpen) receiver.attach(peerId, link);
    return receiver;
  }

  /**
   * Asks devices for something they did not announce. Its state is `announced` until one of the origins has told its
   * manifest: `ready` says so then, and `accept` starts it. More sources may be added at any time.
   *
   * @throws ContentError `store-full` or `store-failed`, for one that was accepted before
   * @example const receiver = await exchange.fetch({ summary, sources: [{ peerId, reference, isOrigin: true }] });
   */
  async fetch({
    transfer = crypto.randomUUID(),
    summary,
    manifest,
    sources,
    accepted,
  }: FetchRequest): Promise<Receiver> {
    const peerId = sources[0]?.peerId ?? '';
    const receiver = this.#newReceiver({ transfer, peerId, summary, manifest, asks: sources });
    if (accepted) await receiver.restore(accepted);
    for (const source of sources) this.#attachTo(receiver, source.peerId);
    this.#updateWanted();
    return receiver;
  }

  /** One more device may have it; of one that is known already the reference is replaced. */
  addSource(receiver: Receiver, source: SourceOptions): void {
    const isNew = !receiver.has(source.peerId);
    receiver.addSource(source);
    if (isNew) this.#attachTo(receiver, source.peerId);
    this.#updateWanted();
  }

  /** This device is not asked any more. */
  removeSource(receiver: Receiver, peerId: string): void {
    receiver.removeSource(peerId);
    this.#updateWanted();
  }

  /** Asks a source once more that refused, or had no reference. */
  askAgain(receiver: Receiver, peerId: string): void {
    receiver.askAgain(peerId);
    this.#updateWanted();
    if (!this.#links.get(peerId)?.isOpen) this.#connector.want(peerId);
  }

  /** Goes on with a send that was announced, or even accepted, before this program was started anew. */
  restoreOutgoing(options: RestoreOutgoingOptions): Outgoing {
    const { accepted, announcedTo = [], isPaused } = options;
    const outgoing = this.#newOutgoing(options);
    if (!accepted) {
      for (const peerId of announcedTo) this.addPeer(outgoing, peerId);
      return outgoing;
    }
    outgoing.restore(accepted.peerId, accepted.chosenRuns);
    if (isPaused) outgoing.pause();
    this.#attach(outgoing, accepted.peerId);
    return outgoing;
  }

  /** Forgets a transfer that ended, but for how it did; its received chunks stay in their store. */
  forget(transfer: TransferId): void {
    const receiver = this.#receivers.get(transfer);
    if (receiver && isEnded(receiver.state)) {
      this.#receivers.delete(transfer);
      if (receiver.outcome) this.rememberReceived(transfer, receiver.peerId, receiver.outcome);
    }
    const outgoing = this.#outgoing.get(transfer);
    if (outgoing && isEnded(outgoing.state)) {
      this.#outgoing.delete(transfer);
      void outgoing.close();
      if (outgoing.outcome && outgoing.peerId) this.rememberSent(transfer, outgoing.peerId, outgoing.outcome);
    }
  }

  /** How a transfer ended in an earlier life of this program, should its sender announce it again. */
  rememberReceived(transfer: TransferId, peerId: string, outcome: ReceivedOutcome): void {
    this.#outcomes.received(transfer, peerId, outcome);
  }

  /** How a send ended in an earlier life of this program, should its receiver have missed it. */
  rememberSent(transfer: TransferId, peerId: string, outcome: SentOutcome): void {
    this.#outcomes.sent(transfer, peerId, outcome);
  }

  close(): void {
    for (const link of this.#links.values()) link.close();
    for (const peerId of this.#wanted) this.#connector.release(peerId);
    this.#wanted.clear();
  }

  #attach(outgoing: Outgoing, peerId: string): void {
    const link = this.#links.get(peerId);
    if (link?.isOpen) outgoing.attach(peerId, link);
  }

  #addChannel(peerId: string, channel: Channel): void {
    this.#links.get(peerId)?.close();
    const link = new Link(channel, { clock: this.#clock, rates: this.rates });
    this.#links.set(peerId, link);
    link.events.on('open', () => this.#opened(peerId, link));
    link.events.on('message', ({ message, release }) => this.#route(peerId, link, message, release));
    link.events.on('suspect', () => this.#connector.suspect(peerId));
    link.events.on('close', (error) => this.#closed(peerId, link, error));
  }

  #opened(peerId: string, link: Link): void {
    link.isWatched = this.#wanted.has(peerId);
    for (const outgoing of this.#outgoing.values()) if (!outgoing.askedBy) outgoing.attach(peerId, link);
    for (const receiver of this.#receivers.values()) if (receiver.has(peerId)) receiver.attach(peerId, link);
    this.events.emit('link', { peerId, open: true });
  }

  #closed(peerId: string, link: Link, error: FerryError | undefined): void {
    if (this.#links.get(peerId) !== link) return;
    this.#links.delete(peerId);
    for (const outgoing of this.#outgoing.values()) outgoing.detach(peerId);
    for (const receiver of this.#receivers.values()) receiver.detach(peerId);
    this.events.emit('link', { peerId, open: false });
    if (error?.blames === 'peer') this.#dropped(peerId, error);
  }

  /** Whoever breaks the protocol gets no second try by itself. */
  #dropped(peerId: string, error: FerryError): void {
    for (const receiver of this.#receivers.values()) if (receiver.has(peerId)) receiver.dropSource(peerId, error);
    for (const outgoing of this.#outgoing.values()) outgoing.fail(peerId, error);
    this.events.emit('peer-error', { peerId, error });
  }

  #route(peerId: string, link: Link, message: TransferMessage, release: () => void): void {
    try {
      const receiver = this.#receivers.get(message.transfer);
      const outgoing = this.#outgoing.get(message.transfer);
      if (message.type === 'ask') this.#asked(peerId, link, message);
      else if (message.type === 'announce' && !receiver?.isAsked) this.#announced(peerId, link, message);
      else if (receiver?.has(peerId)) receiver.handle(peerId, message, release);
      else if (outgoing?.has(peerId)) outgoing.handle(peerId, message);
      else this.#unknown(peerId, link, message, release);
    } catch (error) {
      if (!(error instanceof FerryError)) throw error;
      if (error.blames === 'peer') link.close(error);
      else throw error;
    }
  }

  #unknown(peerId: string, link: Link, message: TransferMessage, release: () => void): void {
    release();
    if (this.#outcomes.answerReceiver(peerId, link, message)) return;
    // Whoever still wants it must learn that it is gone; an answer to anything else could echo for ever.
    const wantsIt = message.type === 'accept' || message.type === 'request' || message.type === 'list';
    if (wantsIt) link.send({ type: 'abort', transfer: message.transfer, code: 'no-sources' });
  }

  #attachTo(receiver: Receiver, peerId: string): void {
    const link = this.#links.get(peerId);
    if (link?.isOpen) receiver.attach(peerId, link);
  }

  /** Each time it is asked anew, the application decides anew: what it allowed on an earlier link may be over. */
  #asked(peerId: string, link: Link, { transfer, reference }: AskMessage): void {
    const known = this.#outgoing.get(transfer);
    if (this.#receivers.has(transfer) || (known && known.askedBy !== peerId)) {
      throw ProtocolError.unexpected('an asked id is taken');
    }
    const refuse = (reason: RefusalReason) => link.send({ type: 'refuse', transfer, reason });
    const asked = [...this.#outgoing.values()].filter((one) => one.askedBy === peerId && !isEnded(one.state));
    if (!known && asked.length + this.#asks.countOf(peerId) >= WIRE_LIMITS.maxAnnouncedPerPeer)
      return refuse('queue-full');
    if (!this.events.has('asked')) return refuse('not-found');
    this.#outgoing.delete(transfer);
    void known?.close();
    const answered = this.#asks.open(peerId);
    this.events.emit('asked', {
      transfer,
      peerId,
      reference,
      serve: (bundle, about) => {
        answered();
        return this.#serve({ transfer, peerId, link }, bundle, about);
      },
      refuse: (reason) => {
        answered();
        refuse(reason);
      },
    });
  }

  #serve(
    { transfer, peerId, link }: { transfer: TransferId; peerId: string; link: Link },
    bundle: Bundle,
    about: Pick<BundleSummary, 'title' | 'itemCount'>,
  ): Outgoing {
    const { manifest } = bundle;
    checkSendable(manifest);
    const summary = { ...about, entryCount: manifest.entries.length, totalBytes: totalBytes(manifest) };
    const outgoing = this.#newOutgoing({ transfer, summary, manifest, bundle }, peerId);
    outgoing.addPeer(peerId);
    if (this.#links.get(peerId) === link && link.isOpen) outgoing.attach(peerId, link);
    return outgoing;
  }

  #announced(peerId: string, link: Link, message: AnnounceMessage): void {
    const known = this.#receivers.get(message.transfer);
    if (known?.peerId === peerId) return known.announcedAgain(link);
    if (known || this.#outgoing.has(message.transfer)) throw ProtocolError.unexpected('an announced id is taken');
    if (this.#outcomes.answerAnnounce(peerId, link, message)) return;
    const waiting = [...this.#receivers.values()].filter(
      (one) => one.peerId === peerId && one.state.status === 'announced',
    );
    if (waiting.length >= WIRE_LIMITS.maxAnnouncedPerPeer) {
      return link.send({ type: 'abort', transfer: message.transfer, code: 'limit-exceeded' });
    }
    const { transfer, title, itemCount, entryCount, totalBytes } = message;
    const summary = { title, itemCount, entryCount, totalBytes };
    this.#newReceiver({ transfer, peerId, summary }).attach(peerId, link);
  }

  #newReceiver(about: Omit<ReceiverOptions, 'stores' | 'remember' | 'clock'>): Receiver {
    const remember = async (receiver: Receiver) => this.#memory?.accepting(receiver);
    const receiver = new Receiver({ ...about, stores: this.#stores, remember, clock: this.#clock });
    this.#receivers.set(about.transfer, receiver);
    if (!receiver.isAsked) receiver.events.on('ready', () => this.events.emit('incoming', receiver));
    receiver.events.on('change', () => this.#changed(receiver));
    return receiver;
  }

  #newOutgoing({ transfer, summary, manifest, bundle }: RestoreOutgoingOptions, askedBy?: string): Outgoing {
    const remember = async (delivered: { entryCount: number; root: Uint8Array }) =>
      this.#memory?.delivered({ transfer, ...delivered });
    const outgoing = new Outgoing({
      transfer,
      summary,
      manifest,
      // What was asked for is asked for anew after a restart: nothing of it need be remembered here.
      journals: askedBy ? new MemoryHashJournals() : this.#journals,
      remember: askedBy ? async () => {} : remember,
      clock: this.#clock,
      ...(askedBy && { askedBy, rate: this.rates.serve }),
    });
    outgoing.bundle = bundle;
    this.#outgoing.set(transfer, outgoing);
    outgoing.events.on('change', () => this.#changed(outgoing));
    return outgoing;
  }

  #changed(transfer: Receiver | Outgoing): void {
    this.#updateWanted();
    this.events.emit('change', transfer);
  }

  /** A peer is needed while an unfinished transfer needs it; an unanswered request needs only its sender's side. */
  #updateWanted(): void {
    const needed = new Set<string>();
    for (const outgoing of this.#outgoing.values()) for (const peerId of outgoing.peerIds) needed.add(peerId);
    for (const { peerIds } of this.#receivers.values()) for (const peerId of peerIds) needed.add(peerId);
    for (const peerId of needed) if (!this.#wanted.has(peerId)) this.#connector.want(peerId);
    for (const peerId of this.#wanted) if (!needed.has(peerId)) this.#connector.release(peerId);
    this.#wanted.clear();
    for (const peerId of needed) this.#wanted.add(peerId);
    for (const [peerId, link] of this.#links) link.isWatched = needed.has(peerId);
  }
}
