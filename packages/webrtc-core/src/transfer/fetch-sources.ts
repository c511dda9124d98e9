// The sources of a fetch and what each is asked for: chunks by the scheduler's choice, and before that the hashes that
// content ids vouch for. Knows no store, and not why a source comes or goes.

import type { ReadonlyBitfield } from '../content/bitfield.ts';
import type { BundleLayout } from '../content/layout.ts';
import { ProtocolError } from '../errors.ts';
import type { HashesMessage } from '../wire/pull-message.ts';
import type { EntryMap } from './entry-map.ts';
import type { FetchSource } from './fetch-source.ts';
import type { FetchedEntries } from './fetched-entries.ts';
import { ProofRequests } from './proof-requests.ts';
import { Scheduler } from './scheduler.ts';

export interface FetchSourcesOptions {
  layout: BundleLayout;
  held: ReadonlyBitfield;
  entries: FetchedEntries;
  /** See {@link Scheduler}. */
  startChunk: number | undefined;
  /** How sources number things that were not told otherwise; undefined where each must be. */
  alike: EntryMap | undefined;
}

/** One bad chunk may be a bit flipped in somebody's memory; this many are no accident. */
const CORRUPT_CHUNKS_TOLERATED = 3;

export class FetchSources {
  readonly scheduler: Scheduler;
  readonly #layout: BundleLayout;
  readonly #entries: FetchedEntries;
  readonly #alike: EntryMap | undefined;
  readonly #sources = new Map<string, FetchSource>();
  /** Also of sources that are gone for now: what they sent before may still arrive. */
  readonly #maps = new Map<string, EntryMap>();
  readonly #proofRequests: ProofRequests;

  constructor({ layout, held, entries, startChunk, alike }: FetchSourcesOptions) {
    this.#layout = layout;
    this.#entries = entries;
    this.#alike = alike;
    this.scheduler = new Scheduler(layout, held, startChunk);
    this.#proofRequests = new ProofRequests(entries.proofs, (entry) => !entries.isWhole(entry));
  }

  all(): Iterable<FetchSource> {
    return this.#sources.values();
  }

  has(peerId: string): boolean {
    return this.#sources.has(peerId);
  }

  /** Whether one of them is asked for something now. */
  get isBusy(): boolean {
    return [...this.#sources.keys()].some((peerId) => this.scheduler.isBusy(peerId));
  }

  /** @throws ProtocolError for a source that was not told what is wanted of it */
  mapOf(peerId: string): EntryMap {
    const map = this.#maps.get(peerId) ?? this.#alike;
    if (!map) throw ProtocolError.unexpected('something of what was not chosen yet');
    return map;
  }

  add(peerId: string, source: FetchSource): void {
    this.#sources.set(peerId, source);
    this.#maps.set(peerId, source.map);
    this.scheduler.removeSource(peerId);
    this.#proofRequests.sourceAdded(peerId);
    this.scheduler.addSource(peerId, this.#alike ? undefined : (chunk) => this.#mayAsk(peerId, source, chunk));
    this.#askProofs();
    this.request(peerId);
  }

  remove(peerId: string): void {
    if (!this.#sources.delete(peerId)) return;
    this.#forget(peerId);
    // What it had outstanding can be asked of the others.
    this.#askProofs();
    this.#requestAll();
  }

  removeAll(): void {
    for (const peerId of this.#sources.keys()) this.#forget(peerId);
    this.#sources.clear();
  }

  /** It has more than it had: its `available` says what. */
  refresh(peerId: string): void {
    this.scheduler.refresh(peerId);
    this.request(peerId);
  }

  request(peerId: string): void {
    const source = this.#sources.get(peerId);
    if (!source) return;
    source.request(this.scheduler.take(peerId));
    if (this.#sources.size > 1) source.request(this.scheduler.takeOver(peerId));
  }

  /**
   * Takes hashes that a content id may vouch for.
   * @returns false when they are wrong: nobody tells such by accident, for what is damaged on the way does not arrive
   * @throws ProtocolError for what cannot be part of this bundle
   */
  takeHashes(peerId: string, { entry: theirs, firstChunk, hashes }: HashesMessage): boolean {
    const source = this.#sources.get(peerId);
    if (!source) return true;
    if (theirs >= source.map.theirs.entryCount) throw ProtocolError.malformed('hashes of an entry beyond the end');
    const entry = source.map.entryToOwn(theirs);
    const outcome = this.#proofRequests.take(peerId, entry, firstChunk, hashes);
    if (outcome === 'wrong') return false;
    if (typeof outcome === 'object') source.askHashes(entry, outcome.firstChunk);
    else this.#askProofs();
    if (outcome === 'proven') {
      for (const other of this.#sources.keys()) this.scheduler.refresh(other);
      this.#requestAll();
    }
    return true;
  }

  /** A chunk of its was bad. @returns how many were, once they are too many to be an accident */
  blame(peerId: string, chunk: number): number | undefined {
    this.scheduler.failed(peerId, chunk);
    const source = this.#sources.get(peerId);
    if (!source) return undefined;
    source.corruptChunks++;
    if (source.corruptChunks >= CORRUPT_CHUNKS_TOLERATED) return source.corruptChunks;
    this.request(peerId);
    return undefined;
  }

  /** Entries that are not here and that none of these sources has, or can tell the hashes of. */
  lostTo(maps: ReadonlyMap<string, EntryMap>): number[] {
    const lost: number[] = [];
    for (let entry = 0; entry < this.#layout.entryCount; entry++) {
      if (this.#entries.isWhole(entry)) continue;
      const isSomewhere = [...maps].some(
        ([peerId, map]) => map.hasEntry(entry) && !this.#proofRequests.isUnable(peerId, entry),
      );
      if (!isSomewhere) lost.push(entry);
    }
    return lost;
  }

  #requestAll(): void {
    for (const peerId of this.#sources.keys()) this.request(peerId);
  }

  #askProofs(): void {
    for (const { source, entry, firstChunk } of this.#proofRequests.next(this.#sources)) {
      this.#sources.get(source)?.askHashes(entry, firstChunk);
    }
  }

  #mayAsk(peerId: string, source: FetchSource, chunk: number): boolean {
    if (!source.has(chunk)) return false;
    const entry = this.#layout.entryOf(chunk);
    return !this.#entries.proofs.isWanted(entry) && !this.#proofRequests.isUnable(peerId, entry);
  }

  #forget(peerId: string): void {
    this.scheduler.removeSource(peerId);
    this.#proofRequests.removeSource(peerId);
  }
}
