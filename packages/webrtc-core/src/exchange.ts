// The switchboard: routes each link's messages to senders and receivers, and says which peers are needed.
// The only file that knows both wings, how bytes travel (as a Connector) and what they mean.
import type { Connector } from './connector.ts';
import type { BundleSummary } from './content/manifest.ts';
import type { Bundle } from './content/source.ts';
import type { ChunkStoreProvider } from './content/store.ts';
import { FerryError, ProtocolError } from './errors.ts';
import { AskDesk } from './transfer/ask-desk.ts';
import type { Asked, SourceOptions } from './transfer/asking.ts';
import type { FetchRequest } from './transfer/fetch-request.ts';
import { type HashJournals, MemoryHashJournals } from './transfer/hash-journal.ts';
import type { ReceivedOutcome, SentOutcome } from './transfer/outcomes.ts';
import type { Outgoing } from './transfer/outgoing.ts';
import type { Receiver } from './transfer/receiver.ts';
import { sendableSummary } from './transfer/sendable.ts';
import type { RestoreIncomingOptions, RestoreOutgoingOptions, TransferMemory } from './transfer/transfer-memory.ts';
import { Transfers } from './transfer/transfers.ts';
import { type Clock, systemClock } from './util/clock.ts';
import { Emitter } from './util/emitter.ts';
import { WantedPeers } from './wanted-peers.ts';
import type { AnnounceMessage } from './wire/bundle-message.ts';
import type { Channel } from './wire/channel.ts';
import { WIRE_LIMITS } from './wire/limits.ts';
import { Link } from './wire/link.ts';
import type { TransferMessage } from './wire/message.ts';
import { RateLimit } from './wire/rate-limit.ts';
import type { TransferId } from './wire/transfer-id.ts';

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

export interface ExchangeOptions {
  connector: Connector;
  stores: ChunkStoreProvider;
  /** Hashes of what was sent; in memory when absent. */
  journals?: HashJournals;
  memory?: TransferMemory;
  clock?: Clock;
}

export class Exchange {
  readonly events = new Emitter<ExchangeEvents>();
  /** Bounds on chunk bytes a second over all links; `serve` is one on what was asked for, within `send`. */
  readonly rates: { send: RateLimit; receive: RateLimit; serve: RateLimit };
  readonly #connector: Connector;
  readonly #clock: Clock;
  readonly #links = new Map<string, Link>();
  readonly #transfers: Transfers;
  readonly #wanted: WantedPeers;
  readonly #asks: AskDesk;

  constructor({ connector, stores, journals, memory, clock = systemClock }: ExchangeOptions) {
    this.#connector = connector;
    this.#clock = clock;
    this.#wanted = new WantedPeers(connector);
    this.rates = { send: new RateLimit(clock), receive: new RateLimit(clock), serve: new RateLimit(clock) };
    this.#transfers = new Transfers({
      ...{ stores, memory, clock, journals: journals ?? new MemoryHashJournals(), serveRate: this.rates.serve },
      onChange: (transfer) => this.#changed(transfer),
    });
    this.#asks = new AskDesk({
      transfers: this.#transfers,
      ask: () => (this.events.has('asked') ? (asked) => this.events.emit('asked', asked) : undefined),
      isCurrent: (peerId, link) => this.#links.get(peerId) === link && link.isOpen,
    });
    connector.events.on('channel', ({ peerId, channel }) => this.#addChannel(peerId, channel));
    connector.events.on('unreachable', ({ peerId, error }) => {
      for (const outgoing of this.#transfers.outgoing.values()) outgoing.unreachable(peerId, error);
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
    const summary = sendableSummary(manifest, about);
    const outgoing = this.#transfers.addOutgoing({ transfer: crypto.randomUUID(), summary, manifest, bundle });
    for (const peerId of peerIds) this.addPeer(outgoing, peerId);
    return outgoing;
  }

  /** Another device of the same person came online. */
  addPeer(outgoing: Outgoing, peerId: string): void {
    if (outgoing.devices.has(peerId)) return;
    outgoing.addPeer(peerId);
    this.#attach(outgoing, peerId);
    // Whoever announces wants to know soon: a connector that waits for its next try is told again.
    if (outgoing.devices.has(peerId) && !this.#links.get(peerId)?.isOpen) this.#connector.want(peerId);
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
  async fetch({ transfer = crypto.randomUUID(), sources, accepted, ...request }: FetchRequest): Promise<Receiver> {
    const peerId = sources[0]?.peerId ?? '';
    const receiver = this.#transfers.addReceiver({ ...request, transfer, peerId, asks: sources });
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
    const outgoing = this.#transfers.addOutgoing(options);
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
    this.#transfers.forget(transfer);
  }

  /** How a transfer ended in an earlier life of this program, should its sender announce it again. */
  rememberReceived(transfer: TransferId, peerId: string, outcome: ReceivedOutcome): void {
    this.#transfers.outcomes.received(transfer, peerId, outcome);
  }

  /** How a send ended in an earlier life of this program, should its receiver have missed it. */
  rememberSent(transfer: TransferId, peerId: string, outcome: SentOutcome): void {
    this.#transfers.outcomes.sent(transfer, peerId, outcome);
  }

  close(): void {
    for (const link of this.#links.values()) link.close();
    this.#wanted.releaseAll();
  }

  #attach(outgoing: Outgoing, peerId: string): void {
    const link = this.#links.get(peerId);
    if (link?.isOpen) outgoing.devices.attach(peerId, link);
  }

  #attachTo(receiver: Receiver, peerId: string): void {
    const link = this.#links.get(peerId);
    if (link?.isOpen) receiver.attach(peerId, link);
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
    for (const outgoing of this.#transfers.outgoing.values())
      if (!outgoing.askedBy) outgoing.devices.attach(peerId, link);
    for (const receiver of this.#transfers.receivers.values()) if (receiver.has(peerId)) receiver.attach(peerId, link);
    this.events.emit('link', { peerId, open: true });
  }

  #closed(peerId: string, link: Link, error: FerryError | undefined): void {
    if (this.#links.get(peerId) !== link) return;
    this.#links.delete(peerId);
    for (const outgoing of this.#transfers.outgoing.values()) outgoing.devices.detach(peerId);
    for (const receiver of this.#transfers.receivers.values()) receiver.detach(peerId);
    this.events.emit('link', { peerId, open: false });
    if (error?.blames === 'peer') this.#dropped(peerId, error);
  }

  /** Whoever breaks the protocol gets no second try by itself. */
  #dropped(peerId: string, error: FerryError): void {
    for (const receiver of this.#transfers.receivers.values())
      if (receiver.has(peerId)) receiver.dropSource(peerId, error);
    for (const outgoing of this.#transfers.outgoing.values()) outgoing.devices.fail(peerId, error);
    this.events.emit('peer-error', { peerId, error });
  }

  #route(peerId: string, link: Link, message: TransferMessage, release: () => void): void {
    try {
      const receiver = this.#transfers.receivers.get(message.transfer);
      const outgoing = this.#transfers.outgoing.get(message.transfer);
      if (message.type === 'ask') this.#asks.take(peerId, link, message);
      else if (message.type === 'announce' && !receiver?.isAsked) this.#announced(peerId, link, message);
      else if (receiver?.has(peerId)) receiver.handle(peerId, message, release);
      else if (outgoing?.devices.has(peerId)) outgoing.devices.handle(peerId, message);
      else this.#unknown(peerId, link, message, release);
    } catch (error) {
      if (!(error instanceof FerryError)) throw error;
      if (error.blames === 'peer') link.close(error);
      else throw error;
    }
  }

  #unknown(peerId: string, link: Link, message: TransferMessage, release: () => void): void {
    release();
    if (this.#transfers.outcomes.answerReceiver(peerId, link, message)) return;
    // Whoever still wants it must learn that it is gone; an answer to anything else could echo for ever.
    const wantsIt = message.type === 'accept' || message.type === 'request' || message.type === 'list';
    if (wantsIt) link.send({ type: 'abort', transfer: message.transfer, code: 'no-sources' });
  }

  #announced(peerId: string, link: Link, message: AnnounceMessage): void {
    const known = this.#transfers.receivers.get(message.transfer);
    if (known?.peerId === peerId) return known.announcedAgain(link);
    if (known || this.#transfers.outgoing.has(message.transfer))
      throw ProtocolError.unexpected('an announced id is taken');
    if (this.#transfers.outcomes.answerAnnounce(peerId, link, message)) return;
    if (this.#transfers.waitingFrom(peerId) >= WIRE_LIMITS.maxAnnouncedPerPeer) {
      return link.send({ type: 'abort', transfer: message.transfer, code: 'limit-exceeded' });
    }
    const { transfer, title, itemCount, entryCount, totalBytes } = message;
    const summary = { title, itemCount, entryCount, totalBytes };
    this.#newReceiver({ transfer, peerId, summary }).attach(peerId, link);
  }

  #newReceiver(about: Parameters<Transfers['addReceiver']>[0]): Receiver {
    const receiver = this.#transfers.addReceiver(about);
    receiver.events.on('ready', () => this.events.emit('incoming', receiver));
    return receiver;
  }

  #changed(transfer: Receiver | Outgoing): void {
    this.#updateWanted();
    this.events.emit('change', transfer);
  }

  #updateWanted(): void {
    this.#wanted.replace(this.#transfers.peerIds);
    for (const [peerId, link] of this.#links) link.isWatched = this.#wanted.has(peerId);
  }
}
