// One bundle to one person, announced to all of their devices: the first that accepts gets it, the others
// are told so. Knows links only to pass them on.
import type { ReadonlyBitfield } from '../content/bitfield.ts';
import type { BundleSummary, Manifest } from '../content/manifest.ts';
import type { Bundle } from '../content/source.ts';
import type { FerryError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import type { Link } from '../wire/link.ts';
import type { TransferId, TransferMessage } from '../wire/message.ts';
import type { Progress } from './progress.ts';
import { isEnded } from './receiver-state.ts';
import { Sender } from './sender.ts';
import type { SenderState } from './sender-state.ts';

export class Outgoing {
  readonly transfer: TransferId;
  readonly summary: BundleSummary;
  readonly bundle: Bundle;
  readonly events = new Emitter<{ change: undefined }>();
  readonly #clock: Clock;
  readonly #senders = new Map<string, Sender>();
  /** Whose answer counts; set by the first that accepts or declines. */
  #answered: Sender | undefined;
  /** How it ended without any device's answer. */
  #ended: SenderState | undefined;

  constructor(options: { transfer: TransferId; bundle: Bundle; summary: BundleSummary; clock: Clock }) {
    this.transfer = options.transfer;
    this.bundle = options.bundle;
    this.summary = options.summary;
    this.#clock = options.clock;
  }

  get state(): SenderState {
    return this.#answered?.state ?? this.#ended ?? { status: 'announced' };
  }

  get chosen(): Manifest | undefined {
    return this.#answered?.chosen;
  }

  get progress(): Progress | undefined {
    return this.#answered?.progress;
  }

  get held(): ReadonlyBitfield | undefined {
    return this.#answered?.held;
  }

  /** The device that answered; undefined while nobody did. */
  get peerId(): string | undefined {
    return this.#answered?.peerId;
  }

  /** Devices it matters to be connected with. */
  get peerIds(): string[] {
    if (isEnded(this.state)) return [];
    return this.#answered ? [this.#answered.peerId] : [...this.#senders.keys()];
  }

  /** Announces to one more device, as soon as it is connected. No effect once somebody answered. */
  addPeer(peerId: string): void {
    if (this.#senders.has(peerId) || this.#answered || this.#ended) return;
    const { transfer, bundle, summary } = this;
    const sender = new Sender({ transfer, peerId, bundle, summary, clock: this.#clock });
    sender.events.on('change', () => this.#changed(sender));
    this.#senders.set(peerId, sender);
    this.events.emit('change', undefined);
  }

  has(peerId: string): boolean {
    return this.#senders.has(peerId);
  }

  attach(peerId: string, link: Link): void {
    this.#senders.get(peerId)?.attach(link);
  }

  detach(peerId: string): void {
    this.#senders.get(peerId)?.detach();
  }

  handle(peerId: string, message: TransferMessage): void {
    this.#senders.get(peerId)?.handle(message);
  }

  pause(): void {
    this.#answered?.pause();
  }

  resume(): void {
    this.#answered?.resume();
  }

  cancel(): void {
    if (isEnded(this.state)) return;
    if (!this.#answered) this.#ended = { status: 'cancelled', by: 'me', reason: 'user' };
    for (const sender of this.#senders.values()) sender.cancel('user');
    this.events.emit('change', undefined);
  }

  /** No path to this device; ends the transfer when it was the last hope of an answer. */
  unreachable(peerId: string, error: FerryError): void {
    const sender = this.#senders.get(peerId);
    if (!sender || this.#answered || this.#ended) return;
    this.#senders.delete(peerId);
    if (this.#senders.size > 0) return;
    this.#ended = { status: 'failed', code: error.code };
    this.events.emit('change', undefined);
  }

  /** This device broke the protocol. */
  fail(peerId: string, error: FerryError): void {
    this.#senders.get(peerId)?.fail(error);
  }

  #changed(sender: Sender): void {
    if (!this.#answered && !this.#ended && sender.state.status !== 'announced') {
      this.#answered = sender;
      for (const other of this.#senders.values()) if (other !== sender) other.cancel('other-device');
    }
    if (sender === this.#answered) this.events.emit('change', undefined);
  }
}
