// The devices that one bundle is for: the first that accepts or declines it answers for all of them, the others are told
// so. Knows neither links nor what is sent.

import type { Run } from '../content/run.ts';
import type { FerryError } from '../errors.ts';
import type { Link } from '../wire/link.ts';
import type { TransferMessage } from '../wire/message.ts';
import type { Sender } from './sender.ts';

export interface AddressedDevicesOptions {
  newSender: (peerId: string) => Sender;
  /** Whether an answer still counts. */
  isOpen: () => boolean;
  /** The one that answered shows something new. */
  onChange: () => void;
}

export class AddressedDevices {
  readonly #options: AddressedDevicesOptions;
  readonly #senders = new Map<string, Sender>();
  #answered: Sender | undefined;

  constructor(options: AddressedDevicesOptions) {
    this.#options = options;
  }

  /** Whose answer counts. */
  get answered(): Sender | undefined {
    return this.#answered;
  }

  get peerIds(): string[] {
    return [...this.#senders.keys()];
  }

  all(): Iterable<Sender> {
    return this.#senders.values();
  }

  has(peerId: string): boolean {
    return this.#senders.has(peerId);
  }

  add(peerId: string): Sender {
    const sender = this.#options.newSender(peerId);
    sender.events.on('change', () => this.#changed(sender));
    this.#senders.set(peerId, sender);
    return sender;
  }

  /** Goes on with what a device accepted in an earlier life of this program. */
  restore(peerId: string, chosen: readonly Run[]): void {
    this.#answered = this.add(peerId);
    this.#answered.restore(chosen);
  }

  attach(peerId: string, link: Link): void {
    this.#senders.get(peerId)?.attach(link);
  }

  detach(peerId: string): void {
    this.#senders.get(peerId)?.detach();
  }

  /** @throws ProtocolError for what no honest receiver says */
  handle(peerId: string, message: TransferMessage): void {
    this.#senders.get(peerId)?.handle(message);
  }

  /** This device broke the protocol. */
  fail(peerId: string, error: FerryError): void {
    this.#senders.get(peerId)?.fail(error);
  }

  /** No answer can come from it. @returns whether it was the last hope of one */
  remove(peerId: string): boolean {
    return this.#senders.delete(peerId) && this.#senders.size === 0;
  }

  #changed(sender: Sender): void {
    if (!this.#answered && this.#options.isOpen() && sender.state.status !== 'announced') {
      this.#answered = sender;
      for (const other of this.#senders.values()) if (other !== sender) other.cancel('other-device');
    }
    if (sender === this.#answered) this.#options.onChange();
  }
}
