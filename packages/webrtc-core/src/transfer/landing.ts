// Chunks that have arrived and are not held yet: bounds them, verifies them, writes them to the store. Knows neither
// messages' order nor what is asked for next.
import { hashChunk, hashesEqual } from '../content/hash.ts';
import type { BundleLayout } from '../content/layout.ts';
import type { ChunkStore } from '../content/store.ts';
import { ProtocolError } from '../errors.ts';
import type { ChunkMessage } from '../wire/pull-message.ts';
import type { EntryMap } from './entry-map.ts';
import { OUTSTANDING_BYTES } from './outstanding.ts';
import type { Proofs } from './proofs.ts';

export interface LandingOptions {
  layout: BundleLayout;
  store: ChunkStore;
  proofs: Proofs;
  /** Whether it is stored, and not held yet. */
  isKept: (chunk: number) => boolean;
  /** Whether it may be stored now, whoever it comes from. */
  isWelcome: (chunk: number) => boolean;
  /** A chunk from this source is as it should be, and about to be stored. */
  onVerified: (peerId: string, chunk: number) => void;
  onStored: (peerId: string, chunk: number) => void;
  /**
   * It is not what its hash, or a content id, says.
   * @param others those whose copies came meanwhile, and were dropped because of this one
   */
  onBad: (peerId: string, chunk: number, others: readonly string[]) => void;
  onError: (peerId: string, chunk: number, error: unknown, others: readonly string[]) => void;
}

export class Landing {
  readonly #options: LandingOptions;
  readonly #chunks = new Set<number>();
  /** By chunk that is under way: who sent it, too, and in vain. */
  readonly #others = new Map<number, string[]>();
  readonly #bytes = new Map<string, number>();
  #isClosed = false;

  constructor(options: LandingOptions) {
    this.#options = options;
  }

  get isBusy(): boolean {
    return this.#chunks.size > 0;
  }

  /** The chunk's own number. @throws ProtocolError for one that cannot be part of this bundle, or that nobody asked for */
  check(peerId: string, map: EntryMap, { index: theirs, bytes }: ChunkMessage): number {
    if (theirs >= map.theirs.chunkCount) throw ProtocolError.malformed('a chunk beyond the end');
    const index = map.toOwn([{ first: theirs, count: 1 }])[0]!.first;
    if (bytes.length !== this.#options.layout.lengthOf(index)) throw ProtocolError.malformed('a chunk of wrong length');
    if (this.#bytesOf(peerId) > 2 * OUTSTANDING_BYTES) throw ProtocolError.limitExceeded('chunks nobody asked for');
    return index;
  }

  /**
   * Verifies and stores one chunk; resolves when its bytes are no longer needed. One that is held already, or came after a
   * pause, is no fault of the source.
   */
  async take(peerId: string, index: number, { hash, bytes }: ChunkMessage): Promise<void> {
    const { store, proofs, onVerified, onStored, onBad, onError } = this.#options;
    if (this.#isClosed || !this.#isOfUse(index)) return;
    if (this.#chunks.has(index)) return this.#dropped(peerId, index);
    if (!proofs.allows(index, hash)) return onBad(peerId, index, []);
    this.#chunks.add(index);
    this.#bytes.set(peerId, this.#bytesOf(peerId) + bytes.length);
    try {
      if (!hashesEqual(await hashChunk(bytes), hash)) return onBad(peerId, index, this.#othersOf(index));
      if (!this.#isClosed) {
        onVerified(peerId, index);
        await store.write(index, bytes, hash);
      }
    } catch (error) {
      return onError(peerId, index, error, this.#othersOf(index));
    } finally {
      this.#chunks.delete(index);
      this.#others.delete(index);
      this.#bytes.set(peerId, this.#bytesOf(peerId) - bytes.length);
    }
    if (!this.#isClosed) onStored(peerId, index);
  }

  /** What is under way is of no use any more. */
  close(): void {
    this.#isClosed = true;
  }

  #dropped(peerId: string, index: number): void {
    const others = this.#others.get(index) ?? [];
    if (!others.includes(peerId)) this.#others.set(index, [...others, peerId]);
  }

  #othersOf(index: number): readonly string[] {
    return this.#others.get(index) ?? [];
  }

  #isOfUse(index: number): boolean {
    const { layout, store, proofs, isKept, isWelcome } = this.#options;
    if (store.have.has(index) || isKept(index) || !isWelcome(index)) return false;
    // Asked for before the store was opened anew: whether it is right cannot be told yet, and is nobody's fault.
    return !proofs.isWanted(layout.entryOf(index));
  }

  #bytesOf(peerId: string): number {
    return this.#bytes.get(peerId) ?? 0;
  }
}
