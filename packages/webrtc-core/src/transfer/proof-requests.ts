// Which hashes are asked of which source, a bounded number at once, and putting their pages together. Decides; says
// nothing itself.
import { HASH_BYTES } from '../content/hash.ts';
import { ProtocolError } from '../errors.ts';
import { WIRE_LIMITS } from '../wire/limits.ts';
import type { Proofs } from './proofs.ts';

interface Pending {
  source: string;
  hashes: Uint8Array;
  /** Chunks of the entry whose hashes have come. */
  count: number;
}

export interface ProofSource {
  hasEntry(entry: number): boolean;
}

/** One thing to ask. */
export interface ProofRequest {
  source: string;
  entry: number;
  firstChunk: number;
}

export class ProofRequests {
  readonly #proofs: Proofs;
  readonly #isNeeded: (entry: number) => boolean;
  readonly #pending = new Map<number, Pending>();
  /** Entries to ask for, from `#at` on. */
  readonly #queue: number[];
  #at = 0;
  /** Of which no source can tell, as far as there are any. */
  #stuck: number[] = [];
  /** Sources that could not tell, by entry. */
  readonly #unable = new Map<number, Set<string>>();
  readonly #wanted: Set<number>;

  /**
   * @param isNeeded leaves out entries that are here already
   * @param options.isOnDemand `want` says which are wanted; all are from the start otherwise
   */
  constructor(proofs: Proofs, isNeeded: (entry: number) => boolean, { isOnDemand = false } = {}) {
    this.#proofs = proofs;
    this.#isNeeded = isNeeded;
    this.#queue = isOnDemand ? [] : [...proofs.wanted()].filter(isNeeded);
    this.#wanted = new Set(this.#queue);
  }

  /** Whether an answer is waited for. */
  get isBusy(): boolean {
    return this.#pending.size > 0;
  }

  /** Chunks of these are wanted now, too. */
  want(entries: Iterable<number>): void {
    for (const entry of entries) {
      if (this.#wanted.has(entry) || !this.#proofs.isWanted(entry)) continue;
      this.#wanted.add(entry);
      this.#queue.push(entry);
    }
  }

  /** Whether a source was asked for the hashes of an entry and did not have them. */
  isUnable(source: string, entry: number): boolean {
    return this.#unable.get(entry)?.has(source) ?? false;
  }

  /** What to ask now, given who may be asked. */
  next(sources: ReadonlyMap<string, ProofSource>): ProofRequest[] {
    const requests: ProofRequest[] = [];
    while (this.#at < this.#queue.length && this.#pending.size < WIRE_LIMITS.maxHashRequests) {
      const entry = this.#queue[this.#at++]!;
      if (!this.#isNeeded(entry)) continue;
      const able = [...sources].filter(([id, source]) => source.hasEntry(entry) && !this.isUnable(id, entry));
      const chosen = able[entry % Math.max(1, able.length)];
      if (!chosen) {
        this.#stuck.push(entry);
        continue;
      }
      const hashes = new Uint8Array(this.#proofs.chunkCountOf(entry) * HASH_BYTES);
      this.#pending.set(entry, { source: chosen[0], hashes, count: 0 });
      requests.push({ source: chosen[0], entry, firstChunk: 0 });
    }
    return requests;
  }

  /** There is a source that was not there before: what nobody could tell is worth asking once more. */
  sourceAdded(source: string): void {
    this.removeSource(source);
    this.#queue.push(...this.#stuck);
    this.#stuck = [];
  }

  /**
   * Takes a page of an answer.
   * @returns `proven`, `more` with what to ask next, `unable`, `wrong` when the hashes are not those of the content id,
   *   or `ignored` for what was asked on a link that is gone
   * @throws ProtocolError for what nobody asked for
   */
  take(
    source: string,
    entry: number,
    firstChunk: number,
    hashes: Uint8Array,
  ): 'proven' | 'unable' | 'wrong' | 'ignored' | ProofRequest {
    const pending = this.#pending.get(entry);
    if (pending?.source !== source || pending.count !== firstChunk) return 'ignored';
    if (hashes.length === 0) {
      this.#giveBack(entry);
      const unable = this.#unable.get(entry) ?? new Set();
      this.#unable.set(entry, unable.add(source));
      return 'unable';
    }
    if (firstChunk * HASH_BYTES + hashes.length > pending.hashes.length) {
      throw ProtocolError.malformed('more hashes than the entry has chunks');
    }
    pending.hashes.set(hashes, firstChunk * HASH_BYTES);
    pending.count += hashes.length / HASH_BYTES;
    if (pending.count * HASH_BYTES < pending.hashes.length) return { source, entry, firstChunk: pending.count };
    if (this.#proofs.add(entry, pending.hashes)) {
      this.#pending.delete(entry);
      return 'proven';
    }
    this.#giveBack(entry);
    return 'wrong';
  }

  /** What was asked of it is asked of others. */
  removeSource(source: string): void {
    for (const [entry, pending] of this.#pending) if (pending.source === source) this.#giveBack(entry);
  }

  #giveBack(entry: number): void {
    this.#pending.delete(entry);
    this.#queue.push(entry);
  }
}
