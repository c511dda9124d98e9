// Asking sources for the hashes that content ids vouch for, as soon as chunks of an entry may be asked for. Knows no
// chunks' order and no store.
import { ProtocolError } from '../errors.ts';
import type { HashesMessage } from '../wire/pull-message.ts';
import type { FetchSource } from './fetch-source.ts';
import type { FetchedEntries } from './fetched-entries.ts';
import { ProofRequests } from './proof-requests.ts';

export class EntryProofs {
  readonly #entries: FetchedEntries;
  readonly #sources: ReadonlyMap<string, FetchSource>;
  readonly #requests: ProofRequests;

  /** @param isOnDemand entries are told one by one by `want`; all are wanted from the start otherwise */
  constructor(entries: FetchedEntries, sources: ReadonlyMap<string, FetchSource>, isOnDemand: boolean) {
    this.#entries = entries;
    this.#sources = sources;
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
  }

  ask(): void {
    for (const { source, entry, firstChunk } of this.#requests.next(this.#sources)) {
      this.#sources.get(source)?.askHashes(entry, firstChunk);
    }
  }

  /** Whether a chunk of an entry, asked of this source, could be verified. */
  mayAsk(source: string, entry: number): boolean {
    return !this.#entries.proofs.isWanted(entry) && !this.isUnable(source, entry);
  }

  /** It was asked for the hashes of an entry and did not have them. */
  isUnable(source: string, entry: number): boolean {
    return this.#requests.isUnable(source, entry);
  }

  /** @throws ProtocolError for what cannot be part of this bundle */
  take(peerId: string, { entry: theirs, firstChunk, hashes }: HashesMessage): 'proven' | 'wrong' | undefined {
    const source = this.#sources.get(peerId);
    if (!source) return undefined;
    if (theirs >= source.map.theirs.entryCount) throw ProtocolError.malformed('hashes of an entry beyond the end');
    const entry = source.map.entryToOwn(theirs);
    const outcome = this.#requests.take(peerId, entry, firstChunk, hashes);
    if (outcome === 'wrong') return outcome;
    if (typeof outcome === 'object') source.askHashes(entry, outcome.firstChunk);
    else this.ask();
    return outcome === 'proven' ? outcome : undefined;
  }
}
