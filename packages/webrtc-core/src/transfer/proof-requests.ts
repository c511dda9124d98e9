// Which hashes are asked of which source, a bounded number at once and for a bounded time. Decides; says nothing itself.
// Time is given, never read.
import { HashPages } from './hash-pages.ts';
import { OpenProofs } from './open-proofs.ts';
import type { Proofs } from './proofs.ts';

/** Entries that wait for a source with enough to do, and do not keep others from being asked for. */
const MOST_PASSED_OVER = 64;

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
  readonly #open = new OpenProofs();
  /** Entries to ask for before the others: given back, or passed over. */
  #first: number[] = [];
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
    return this.#open.isBusy;
  }

  /** When `next` has something to say although nothing happened: somebody has taken too long. */
  get dueMs(): number | undefined {
    return this.#open.dueMs;
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

  /** Whether it was asked for them and has not answered in time. */
  isLate(source: string, entry: number): boolean {
    return this.#open.isLate(source, entry);
  }

  /** What to ask now, given who may be asked. */
  next(sources: ReadonlyMap<string, ProofSource>, nowMs: number): ProofRequest[] {
    this.#first.push(...this.#open.giveUp(({ dueMs }, entry) => dueMs <= nowMs || !this.#isNeeded(entry)));
    const requests: ProofRequest[] = [];
    const passedOver: number[] = [];
    while (!this.#open.isFull && passedOver.length < MOST_PASSED_OVER) {
      const entry = this.#takeEntry();
      if (entry === undefined) break;
      if (!this.#isLacking(entry) || this.#open.isPending(entry)) continue;
      const able = [...sources].filter(([id, source]) => source.hasEntry(entry) && this.#mayTell(id, entry));
      const source = this.#open.leastBusy(able.map(([id]) => id));
      if (source !== undefined) {
        this.#open.open(entry, new HashPages(source, this.#proofs.chunkCountOf(entry), nowMs));
        requests.push({ source, entry, firstChunk: 0 });
      } else (able.length > 0 ? passedOver : this.#stuck).push(entry);
    }
    this.#first.unshift(...passedOver);
    return requests;
  }

  /** There is a source that was not there before: what nobody could tell is worth asking once more. */
  sourceAdded(source: string): void {
    this.removeSource(source);
    this.#retryStuck();
  }

  /**
   * Takes a page of an answer, also of one that is late.
   * @returns `proven`, what to ask next, `unable`, `wrong` when the hashes are not those of the content id, `needless`
   *   when others told them meanwhile, or `ignored` for what was asked on a link that is gone
   * @throws ProtocolError for what nobody asked for
   */
  take(
    { source, entry, firstChunk }: ProofRequest,
    hashes: Uint8Array,
    nowMs: number,
  ): 'proven' | 'unable' | 'wrong' | 'needless' | 'ignored' | ProofRequest {
    const pages = this.#open.of(source, entry);
    if (pages?.nextChunk !== firstChunk) return 'ignored';
    pages.add(hashes, nowMs);
    if (!this.#isLacking(entry)) {
      this.#settle(entry, pages);
      return 'needless';
    }
    if (hashes.length > 0 && !pages.whole) return { source, entry, firstChunk: pages.nextChunk };
    this.#settle(entry, pages);
    if (pages.whole && this.#proofs.add(entry, pages.whole)) {
      this.#open.proven(entry);
      return 'proven';
    }
    this.#first.push(entry);
    if (hashes.length > 0) return 'wrong';
    this.#unable.set(entry, (this.#unable.get(entry) ?? new Set()).add(source));
    return 'unable';
  }

  /** What was asked of it is asked of others. */
  removeSource(source: string): void {
    this.#first.push(...this.#open.removeSource(source));
  }

  #takeEntry(): number | undefined {
    if (this.#first.length > 0) return this.#first.shift();
    return this.#at < this.#queue.length ? this.#queue[this.#at++] : undefined;
  }

  #isLacking(entry: number): boolean {
    return this.#isNeeded(entry) && this.#proofs.isWanted(entry);
  }

  #mayTell(source: string, entry: number): boolean {
    return !this.#open.isMute(source) && !this.isUnable(source, entry) && !this.isLate(source, entry);
  }

  #settle(entry: number, pages: HashPages): void {
    // It is heard of again: it may be able to tell others.
    if (this.#open.settle(entry, pages)) this.#retryStuck();
  }

  #retryStuck(): void {
    this.#queue.push(...this.#stuck);
    this.#stuck = [];
  }
}
