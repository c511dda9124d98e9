// The switchboard: routes each link's messages to senders and receivers, and says which peers are needed.
// The only file that knows both wings, how bytes travel (as a Connector) and what they mean.
import type { Connector } from './connector.ts';
import { type BundleSummary, type Manifest, totalBytes } from './content/manifest.ts';
import type { Run } from './content/run.ts';
import type { Bundle } from './content/source.ts';
import type { ChunkStoreProvider } from './content/store.ts';
import { FerryError, ProtocolError } from './errors.ts';
import { Outgoing } from './transfer/outgoing.ts';
import { Receiver } from './transfer/receiver.ts';
import { isEnded } from './transfer/receiver-state.ts';
import { checkSendable } from './transfer/sendable.ts';
import { type Clock, systemClock } from './util/clock.ts';
import { Emitter } from './util/emitter.ts';
import type { Channel } from './wire/channel.ts';
import { WIRE_LIMITS } from './wire/limits.ts';
import { Link } from './wire/link.ts';
import type { AnnounceMessage, TransferId, TransferMessage } from './wire/message.ts';

export interface ExchangeEvents {
  /** Somebody announced a bundle and its manifest is whole: ask the user. */
  incoming: Receiver;
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
  clock?: Clock;
}

/** What must be remembered of an accepted transfer to go on with it after a restart. */
export interface RestoreOptions {
  transfer: TransferId;
  peerId: string;
  summary: BundleSummary;
  chosen: Manifest;
  chosenRuns: Run[];
}

export class Exchange {
  readonly events = new Emitter<ExchangeEvents>();
  readonly #connector: Connector;
  readonly #stores: ChunkStoreProvider;
  readonly #clock: Clock;
  readonly #links = new Map<string, Link>();
  readonly #receivers = new Map<TransferId, Receiver>();
  readonly #outgoing = new Map<TransferId, Outgoing>();
  readonly #wanted = new Set<string>();

  constructor({ connector, stores, clock = systemClock }: ExchangeOptions) {
    this.#connector = connector;
    this.#stores = stores;
    this.#clock = clock;
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
    const outgoing = new Outgoing({ transfer: crypto.randomUUID(), bundle, summary, clock: this.#clock });
    this.#outgoing.set(outgoing.transfer, outgoing);
    outgoing.events.on('change', () => this.#changed(outgoing));
    for (const peerId of peerIds) this.addPeer(outgoing, peerId);
    return outgoing;
  }

  /** Another device of the same person came online. */
  addPeer(outgoing: Outgoing, peerId: string): void {
    if (outgoing.has(peerId)) return;
    outgoing.addPeer(peerId);
    const link = this.#links.get(peerId);
    if (link?.isOpen) outgoing.attach(peerId, link);
  }

  /**
   * Goes on with a transfer that was accepted before this program was started anew; it stalls until its
   * sender can be reached.
   * @throws ContentError `store-failed`
   */
  async restore(options: RestoreOptions): Promise<Receiver> {
    const { transfer, peerId, summary, chosen, chosenRuns } = options;
    const receiver = this.#newReceiver(transfer, peerId, summary);
    await receiver.restore(chosen, chosenRuns);
    const link = this.#links.get(peerId);
    if (link?.isOpen) receiver.attach(peerId, link);
    return receiver;
  }

  /** Forgets a transfer that ended; its received chunks stay in their store. */
  forget(transfer: TransferId): void {
    const receiver = this.#receivers.get(transfer);
    if (receiver && isEnded(receiver.state)) this.#receivers.delete(transfer);
    const outgoing = this.#outgoing.get(transfer);
    if (outgoing && isEnded(outgoing.state)) this.#outgoing.delete(transfer);
  }

  close(): void {
    for (const link of this.#links.values()) link.close();
    for (const peerId of this.#wanted) this.#connector.release(peerId);
    this.#wanted.clear();
  }

  #addChannel(peerId: string, channel: Channel): void {
    this.#links.get(peerId)?.close();
    const link = new Link(channel);
    this.#links.set(peerId, link);
    link.events.on('open', () => this.#opened(peerId, link));
    link.events.on('message', ({ message, release }) => this.#route(peerId, link, message, release));
    link.events.on('close', (error) => this.#closed(peerId, link, error));
  }

  #opened(peerId: string, link: Link): void {
    for (const outgoing of this.#outgoing.values()) outgoing.attach(peerId, link);
    for (const receiver of this.#receivers.values()) if (receiver.peerId === peerId) receiver.attach(peerId, link);
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

  /** Whoever breaks the protocol gets no second try with the same transfers. */
  #dropped(peerId: string, error: FerryError): void {
    for (const receiver of this.#receivers.values()) if (receiver.peerId === peerId) receiver.fail(error);
    for (const outgoing of this.#outgoing.values()) outgoing.fail(peerId, error);
    this.events.emit('peer-error', { peerId, error });
  }

  #route(peerId: string, link: Link, message: TransferMessage, release: () => void): void {
    try {
      const receiver = this.#receivers.get(message.transfer);
      const outgoing = this.#outgoing.get(message.transfer);
      if (message.type === 'announce') this.#announced(peerId, link, message);
      else if (receiver?.peerId === peerId) receiver.handle(peerId, message, release);
      else if (outgoing?.has(peerId)) outgoing.handle(peerId, message);
      else this.#unknown(link, message, release);
    } catch (error) {
      if (!(error instanceof FerryError)) throw error;
      if (error.blames === 'peer') link.close(error);
      else throw error;
    }
  }

  #unknown(link: Link, message: TransferMessage, release: () => void): void {
    release();
    // Whoever still wants it must learn that it is gone; an answer to anything else could echo for ever.
    const wantsIt = message.type === 'accept' || message.type === 'request' || message.type === 'list';
    if (wantsIt) link.send({ type: 'abort', transfer: message.transfer, code: 'no-sources' });
  }

  #announced(peerId: string, link: Link, message: AnnounceMessage): void {
    const known = this.#receivers.get(message.transfer);
    // Said again on a new link; attach() already went on from where it was.
    if (known?.peerId === peerId) return;
    if (known || this.#outgoing.has(message.transfer)) throw ProtocolError.unexpected('an announced id is taken');
    const waiting = [...this.#receivers.values()].filter(
      (one) => one.peerId === peerId && one.state.status === 'announced',
    );
    if (waiting.length >= WIRE_LIMITS.maxAnnouncedPerPeer) {
      return link.send({ type: 'abort', transfer: message.transfer, code: 'limit-exceeded' });
    }
    const { transfer, title, itemCount, entryCount, totalBytes } = message;
    const summary = { title, itemCount, entryCount, totalBytes };
    this.#newReceiver(transfer, peerId, summary).attach(peerId, link);
  }

  #newReceiver(transfer: TransferId, peerId: string, summary: BundleSummary): Receiver {
    const receiver = new Receiver({ transfer, peerId, summary, stores: this.#stores, clock: this.#clock });
    this.#receivers.set(transfer, receiver);
    receiver.events.on('ready', () => this.events.emit('incoming', receiver));
    receiver.events.on('change', () => this.#changed(receiver));
    return receiver;
  }

  #changed(transfer: Receiver | Outgoing): void {
    this.#updateWanted();
    this.events.emit('change', transfer);
  }

  /** A peer is needed while an unfinished transfer needs it; an unanswered request needs only its sender's side. */
  #updateWanted(): void {
    const needed = new Set<string>();
    for (const outgoing of this.#outgoing.values()) for (const peerId of outgoing.peerIds) needed.add(peerId);
    for (const { state, peerId } of this.#receivers.values()) {
      if (!isEnded(state) && state.status !== 'announced') needed.add(peerId);
    }
    for (const peerId of needed) if (!this.#wanted.has(peerId)) this.#connector.want(peerId);
    for (const peerId of this.#wanted) if (!needed.has(peerId)) this.#connector.release(peerId);
    this.#wanted.clear();
    for (const peerId of needed) this.#wanted.add(peerId);
  }
}
