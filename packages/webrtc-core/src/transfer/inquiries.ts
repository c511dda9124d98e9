// The devices that one receiver asks, each with its inquiry: which there are, which are worth a connection, and which may
// give chunks now. Knows no states, and not what is fetched.
import type { Clock } from '../util/clock.ts';
import type { Link } from '../wire/link.ts';
import type { TransferId } from '../wire/transfer-id.ts';
import type { SourceInfo, SourceOptions } from './asking.ts';
import { Inquiry } from './inquiry.ts';

/** Each is a connection, and few make a download faster than some. */
const MOST_SOURCES = 8;

export interface InquiriesOptions {
  transfer: TransferId;
  clock: Clock;
  /** Connections that are worth it. */
  most?: number | undefined;
  /** One source may not be enough: those that cannot be reached must not keep others from being looked for. */
  isInSets: boolean;
  /** Something about a source is different. */
  onChange: (inquiry: Inquiry) => void;
}

export class Inquiries {
  readonly #options: InquiriesOptions;
  readonly #inquiries = new Map<string, Inquiry>();

  constructor(options: InquiriesOptions) {
    this.#options = options;
  }

  [Symbol.iterator](): IterableIterator<Inquiry> {
    return this.#inquiries.values();
  }

  get(peerId: string): Inquiry | undefined {
    return this.#inquiries.get(peerId);
  }

  get infos(): SourceInfo[] {
    return [...this].map(({ info }) => info);
  }

  get count(): number {
    return this.#inquiries.size;
  }

  /** Devices it matters to be connected with. */
  get peerIds(): string[] {
    const { most = MOST_SOURCES, isInSets } = this.#options;
    const hopeful = [...this].filter(({ isHopeful }) => isHopeful);
    const there = hopeful.filter(({ link }) => link);
    const wanted = isInSets ? (there.length < most ? hopeful : there.slice(0, most)) : hopeful.slice(0, most);
    return wanted.map(({ options }) => options.peerId);
  }

  /** None of them would be asked, were it there. */
  get isHopeless(): boolean {
    return [...this].every(({ isHopeful }) => !isHopeful);
  }

  /** Those that have told all of what they have. */
  told(): Inquiry[] {
    return [...this].filter(({ manifest }) => manifest);
  }

  /** Those that may be asked for chunks now. */
  active(): [peerId: string, link: Link][] {
    return [...this].flatMap(({ isActive, options, link }): [string, Link][] =>
      isActive && link ? [[options.peerId, link]] : [],
    );
  }

  /** One more device to ask, or another way to ask a known one. */
  add(options: SourceOptions): void {
    const known = this.#inquiries.get(options.peerId);
    if (known) known.options = options;
    else {
      const { transfer, clock, onChange } = this.#options;
      const inquiry = new Inquiry(transfer, options, clock, () => onChange(inquiry));
      this.#inquiries.set(options.peerId, inquiry);
    }
  }

  /** @returns whether there was one */
  remove(peerId: string): boolean {
    const inquiry = this.#inquiries.get(peerId);
    if (!inquiry) return false;
    inquiry.dismiss();
    return this.#inquiries.delete(peerId);
  }

  close(): void {
    for (const inquiry of this) inquiry.close();
  }
}
