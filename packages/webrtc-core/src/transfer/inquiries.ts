// The devices that one receiver asks, each with its inquiry: which there are, which are worth a connection, and which may
// give chunks now. Knows no states, and not what is fetched.
import type { Clock } from '../util/clock.ts';
import type { Link } from '../wire/link.ts';
import type { TransferId } from '../wire/transfer-id.ts';
import type { SourceInfo, SourceOptions } from './asking.ts';
import { Inquiry } from './inquiry.ts';
import { SourceChoice, WIDEN_EVERY_MS } from './source-choice.ts';
import { useOf } from './source-use.ts';

/** Each is a connection, and few make a download faster than some. */
const MOST_SOURCES = 8;
/** Which connections are worth it is asked with every chunk, and does not change so often. */
const CHOICE_HOLDS_MS = 1000;

export interface InquiriesOptions {
  transfer: TransferId;
  clock: Clock;
  /** Connections that are worth it. */
  most?: number | undefined;
  /** One source may not be enough: those that cannot be reached must not keep others from being looked for. */
  isInSets: boolean;
  /** Whether a device has something of what is fetched now. */
  canGive: (peerId: string) => boolean;
  /** Other connections are worth it, though nothing happened. */
  onChoice: () => void;
  /** Something about a source is different. */
  onChange: (inquiry: Inquiry) => void;
}

export class Inquiries {
  readonly #options: InquiriesOptions;
  readonly #inquiries = new Map<string, Inquiry>();
  readonly #choice: SourceChoice;
  #chosen: { readonly peerIds: string[]; readonly atMs: number } | undefined;
  #cancelLook: (() => void) | undefined;

  constructor(options: InquiriesOptions) {
    const { most = MOST_SOURCES, isInSets } = options;
    this.#options = options;
    this.#choice = new SourceChoice({ most, isWidening: isInSets });
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
    const nowMs = this.#options.clock.now();
    if (!this.#chosen || nowMs - this.#chosen.atMs >= CHOICE_HOLDS_MS) this.#choose(nowMs);
    return this.#chosen?.peerIds ?? [];
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
      const inquiry = new Inquiry(transfer, options, clock, () => {
        this.#chosen = undefined;
        onChange(inquiry);
      });
      this.#inquiries.set(options.peerId, inquiry);
    }
    this.#chosen = undefined;
  }

  /** @returns whether there was one */
  remove(peerId: string): boolean {
    const inquiry = this.#inquiries.get(peerId);
    if (!inquiry) return false;
    inquiry.dismiss();
    this.#chosen = undefined;
    return this.#inquiries.delete(peerId);
  }

  detach(peerId: string): void {
    this.#chosen = undefined;
    this.#inquiries.get(peerId)?.detach();
  }

  gave(peerId: string, bytes: number): void {
    this.#choice.gave(peerId);
    this.#inquiries.get(peerId)?.gave(bytes);
  }

  /** Nobody is looked for any more. */
  rest(): void {
    this.#cancelLook?.();
    this.#cancelLook = undefined;
  }

  close(): void {
    this.rest();
    for (const inquiry of this) inquiry.close();
  }

  #choose(nowMs: number): string[] {
    const { canGive } = this.#options;
    const hopeful = [...this].filter(({ isHopeful }) => isHopeful);
    const candidates = hopeful.map((one) => ({ peerId: one.options.peerId, use: useOf(one, canGive, nowMs) }));
    const peerIds = this.#choice.choose(candidates, nowMs);
    this.#chosen = { peerIds, atMs: nowMs };
    // Somebody is left out: time alone may make that another choice.
    if (peerIds.length < hopeful.length) this.#lookLater();
    return peerIds;
  }

  #lookLater(): void {
    this.#cancelLook ??= this.#options.clock.after(WIDEN_EVERY_MS, () => {
      this.#cancelLook = undefined;
      const before = new Set(this.#chosen?.peerIds);
      const after = this.#choose(this.#options.clock.now());
      if (after.length !== before.size || after.some((peerId) => !before.has(peerId))) this.#options.onChoice();
    });
  }
}
