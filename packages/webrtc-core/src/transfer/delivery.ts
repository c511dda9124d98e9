// What a receiver has got, as both sides agree: compares content ids, remembers when they are those of everything, and
// only then says so. Knows no states, and not what was sent.
import { Bitfield } from '../content/bitfield.ts';
import { hashesEqual } from '../content/hash.ts';
import type { BundleLayout } from '../content/layout.ts';
import type { Run } from '../content/run.ts';
import { ContentError, ProtocolError } from '../errors.ts';
import type { CompleteMessage } from '../wire/pull-message.ts';
import type { ServedContent } from './served-content.ts';

/** What a receiver got, as both sides agree: one root over the content ids of all chosen entries. */
export interface Delivered {
  entryCount: number;
  root: Uint8Array;
}

export interface DeliveryOptions {
  layout: BundleLayout;
  served: ServedContent;
  /** Must be remembered before the receiver is told that both agree on everything: it forgets then. */
  remember: (delivered: Delivered) => Promise<void>;
  /** This side has the same. */
  confirm: (entries: Run, root: Uint8Array) => void;
  /** Both agree on every entry. */
  onAgreed: () => void;
  onError: (error: unknown) => void;
}

export class Delivery {
  readonly #options: DeliveryOptions;
  /** Entries that the receiver has whole, as both agree. */
  #agreed: Bitfield;
  #delivered: Delivered | undefined;

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#agreed = new Bitfield(options.layout.entryCount);
  }

  /** Undefined until both agree on everything. */
  get delivered(): Delivered | undefined {
    return this.#delivered;
  }

  /** The receiver may have lost what it had not made durable; its last word is about everything. */
  restart(): void {
    this.#agreed = new Bitfield(this.#options.layout.entryCount);
  }

  /** @throws ProtocolError for entries that do not exist */
  complete({ firstEntry, entryCount, root }: CompleteMessage): void {
    const { layout, onError } = this.#options;
    if (entryCount === 0 || firstEntry + entryCount > layout.entryCount) {
      throw ProtocolError.malformed('entries beyond the end are complete');
    }
    this.#compare({ first: firstEntry, count: entryCount }, root).catch(onError);
  }

  async #compare(entries: Run, root: Uint8Array): Promise<void> {
    const { served, confirm, onAgreed } = this.#options;
    if (!(await served.knowsHashesOf(entries))) return;
    const own = await served.rootOf(entries);
    if (!own || !hashesEqual(own, root)) throw ContentError.chunkCorrupt('the content ids differ');
    for (let entry = entries.first; entry < entries.first + entries.count; entry++) this.#agreed.set(entry);
    if (this.#agreed.isFull) await this.#rememberAll();
    confirm(entries, own);
    if (this.#agreed.isFull) onAgreed();
  }

  async #rememberAll(): Promise<void> {
    const { layout, served, remember } = this.#options;
    const { entryCount } = layout;
    const root = await served.rootOf({ first: 0, count: entryCount });
    if (!root) return;
    this.#delivered = { entryCount, root };
    await remember(this.#delivered);
  }
}
