// Asking sources for the hashes that content ids vouch for, as soon as chunks of an entry may be asked for, and others when
// somebody takes too long. Knows no chunks' order and no store.
import { ProtocolError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import type { HashesMessage } from '../wire/pull-message.ts';
import type { FetchSource } from './fetch-source.ts';
import type { FetchedEntries } from './fetched-entries.ts';
import { ProofRequests } from './proof-requests.ts';

export interface EntryProofsOptions {
  entries: FetchedEntries;
  sources: ReadonlyMap<string, FetchSource>;
  /** Entries are told one by one by `want`; all are wanted from the start otherwise. */
  isOnDemand: boolean;
  clock: Clock;
}

export class EntryProofs {
  readonly #entries: FetchedEntries;
  readonly #sources: ReadonlyMap<string, FetchSource>;
  readonly #requests: ProofRequests;
  readonly #clock: Clock;
  #cancelTimer: (() => void) | undefined;

  constructor({ entries, sources, isOnDemand, clock }: EntryProofsOptions) {
    this.#entries = entries;
    this.#sources = sources;
    this.#clock = clock;
    this.#requests = new ProofRequests(entries.proofs, (entry) => !entries.isWhole(entry), { isOnDemand });
  }

  /** Whether an answer is waited for. */
  get isBusy(): boolean {
    return this.#requests.isBusy;
  }

  /** Chunks of these entries may be asked for soon. */
  want(entries: Iterable<number>): void {
    this.#requests.want(entries);
    this.ask();
  }

  sourceAdded(source: string): void {
    this.#requests.sourceAdded(source);
  }

  sourceRemoved(source: string): void {
    this.#requests.removeSource(source);
    this.#watch();
  }

  ask(): void {
    for (const { source, entry, firstChunk } of this.#requests.next(this.#sources, this.#clock.now())) {
      this.#sources.get(source)?.askHashes(entry, firstChunk);
    }
    this.#watch();
  }

  /** Whether a chunk of an entry, asked of this source, could be verified. */
  mayAsk(source: string, entry: number): boolean {
    return !this.#entries.proofs.isWanted(entry) && this.isHopeful(source, entry);
  }

  /** It has not said that it cannot tell the hashes of an entry, and is not late with them. */
  isHopeful(source: string, entry: number): boolean {
    return !this.isUnable(source, entry) && !this.#requests.isLate(source, entry);
  }

  /** It was asked for the hashes of an entry and did not have them. */
  isUnable(source: string, entry: number): boolean {
    return this.#requests.isUnable(source, entry);
  }

  /** @throws ProtocolError for what cannot be part of this bundle */
  take(peerId: string, message: HashesMessage): 'proven' | 'wrong' | 'needless' | undefined {
    const { entry: theirs, firstChunk, hashes } = message;
    const source = this.#sources.get(peerId);
    if (!source) return undefined;
    if (theirs >= source.map.theirs.entryCount) throw ProtocolError.malformed('hashes of an entry beyond the end');
    const entry = source.map.entryToOwn(theirs);
    const outcome = this.#requests.take({ source: peerId, entry, firstChunk }, hashes, this.#clock.now());
    if (outcome === 'wrong') return outcome;
    if (typeof outcome === 'object') source.askHashes(entry, outcome.firstChunk);
    else this.ask();
    return outcome === 'proven' || outcome === 'needless' ? outcome : undefined;
  }

  /** One timer, for whoever takes longest: one that comes too early only looks. */
  #watch(): void {
    const { dueMs } = this.#requests;
    if (dueMs === undefined) {
      this.#cancelTimer?.();
      this.#cancelTimer = undefined;
      return;
    }
    this.#cancelTimer ??= this.#clock.after(dueMs - this.#clock.now(), () => {
      this.#cancelTimer = undefined;
      this.ask();
    });
  }
}
