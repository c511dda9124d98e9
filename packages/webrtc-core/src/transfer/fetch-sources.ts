// The sources of a fetch and what each is asked for: chunks by the scheduler's choice, and before that the hashes that
// content ids vouch for. Knows no store, and not why a source comes or goes.

import type { BundleLayout } from '../content/layout.ts';
import { ProtocolError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import type { HashesMessage } from '../wire/pull-message.ts';
import type { ChunkScheduler } from './chunk-scheduler.ts';
import type { EntryMap } from './entry-map.ts';
import { EntryProofs } from './entry-proofs.ts';
import type { FetchSource } from './fetch-source.ts';
import type { FetchedEntries } from './fetched-entries.ts';

export interface FetchSourcesOptions {
  layout: BundleLayout;
  entries: FetchedEntries;
  scheduler: ChunkScheduler;
  /** How sources number things that were not told otherwise; undefined where each must be. */
  alike: EntryMap | undefined;
  /** Hashes are asked of entries only whose chunks the scheduler is about to ask for. */
  isOnDemand: boolean;
  /** Something may have been asked for. */
  onAsked: () => void;
  clock: Clock;
}

/** One bad chunk may be a bit flipped in somebody's memory; this many are no accident. */
const CORRUPT_CHUNKS_TOLERATED = 3;

export class FetchSources {
  readonly #options: FetchSourcesOptions;
  readonly #sources = new Map<string, FetchSource>();
  /** Also of sources that are gone for now: what they sent before may still arrive. */
  readonly #maps = new Map<string, EntryMap>();
  /** By source, and for as long as this lasts: whoever comes back has not become another. */
  readonly #badChunks = new Map<string, number>();
  readonly #proofs: EntryProofs;

  constructor(options: FetchSourcesOptions) {
    this.#options = options;
    const { entries, isOnDemand, clock } = options;
    this.#proofs = new EntryProofs({ entries, sources: this.#sources, isOnDemand, clock });
  }

  get count(): number {
    return this.#sources.size;
  }

  all(): Iterable<FetchSource> {
    return this.#sources.values();
  }

  has(peerId: string): boolean {
    return this.#sources.has(peerId);
  }

  /** Whether hashes are waited for. */
  get isProving(): boolean {
    return this.#proofs.isBusy;
  }

  /** Whether one of them is asked for something now. */
  get isBusy(): boolean {
    return [...this.#sources.keys()].some((peerId) => this.#options.scheduler.isBusy(peerId));
  }

  /** Those that owe chunks, and chunk bytes that came from each; without those that this side holds back itself. */
  *owing(): Generator<[peerId: string, receivedBytes: number]> {
    for (const [peerId, { intake }] of this.#sources) {
      if (this.#options.scheduler.isBusy(peerId) && !intake.isHeldBack) yield [peerId, intake.bytes];
    }
  }

  /** @throws ProtocolError for a source that was not told what is wanted of it */
  mapOf(peerId: string): EntryMap {
    const map = this.#maps.get(peerId) ?? this.#options.alike;
    if (!map) throw ProtocolError.unexpected('something of what was not chosen yet');
    return map;
  }

  add(peerId: string, source: FetchSource): void {
    const { scheduler, alike } = this.#options;
    this.#sources.set(peerId, source);
    this.#maps.set(peerId, source.map);
    scheduler.removeSource(peerId);
    this.#proofs.sourceAdded(peerId);
    scheduler.addSource(peerId, alike ? undefined : (chunk) => this.#mayAsk(peerId, source, chunk));
    this.#proofs.ask();
    this.request(peerId);
  }

  remove(peerId: string): void {
    if (!this.#sources.delete(peerId)) return;
    this.#forget(peerId);
    // What it had outstanding can be asked of the others.
    this.#proofs.ask();
    this.request();
  }

  removeAll(): void {
    for (const peerId of this.#sources.keys()) this.#forget(peerId);
    this.#sources.clear();
  }

  /** It has more than it had: its `available` says what. */
  refresh(peerId: string): void {
    this.#options.scheduler.refresh(peerId);
    this.request(peerId);
  }

  /** Asks for what is missing: of one source, where nothing is different with the others. */
  request(peerId?: string): void {
    const { scheduler, layout, clock, onAsked } = this.#options;
    const upcoming = scheduler.takeUpcoming();
    if (upcoming.length > 0) this.#proofs.want(upcoming.map((chunk) => layout.entryOf(chunk)));
    for (const [source, chunks] of scheduler.next(clock.now(), peerId)) this.#sources.get(source)?.request(chunks);
    onAsked();
  }

  /**
   * Takes hashes that a content id may vouch for.
   * @returns false when they are wrong: nobody tells such by accident, for what is damaged on the way does not arrive
   * @throws ProtocolError for what cannot be part of this bundle
   */
  takeHashes(peerId: string, message: HashesMessage): boolean {
    const outcome = this.#proofs.take(peerId, message);
    if (outcome === 'proven') {
      for (const other of this.#sources.keys()) this.#options.scheduler.refresh(other);
      this.request();
    }
    // Its chunks may be asked for now.
    if (outcome === 'needless') this.refresh(peerId);
    return outcome !== 'wrong';
  }

  /**
   * A chunk of its was bad.
   * @param others whose copies of it were dropped, as good as they may have been
   * @returns how many were, once they are too many to be an accident
   */
  blame(peerId: string, chunk: number, others: readonly string[]): number | undefined {
    const { scheduler } = this.#options;
    scheduler.failed(peerId, chunk);
    for (const other of others) scheduler.lost(other, chunk);
    // They have it: it is asked of them first.
    for (const other of others) this.request(other);
    const count = (this.#badChunks.get(peerId) ?? 0) + 1;
    if (count >= CORRUPT_CHUNKS_TOLERATED) {
      // Somebody may want it to be tried once more.
      this.#badChunks.delete(peerId);
      return count;
    }
    this.#badChunks.set(peerId, count);
    this.request(peerId);
    return undefined;
  }

  /** Whether it is asked for something, or has something of what is fetched now. */
  isOfUse(peerId: string): boolean {
    const { scheduler, layout } = this.#options;
    if (scheduler.isBusy(peerId)) return true;
    const source = this.#sources.get(peerId);
    for (const chunk of source ? scheduler.lacking() : []) {
      if (source?.has(chunk) && this.#proofs.isHopeful(peerId, layout.entryOf(chunk))) return true;
    }
    return false;
  }

  /** It was asked for the hashes of an entry and did not have them. */
  isUnable(peerId: string, entry: number): boolean {
    return this.#proofs.isUnable(peerId, entry);
  }

  #mayAsk(peerId: string, source: FetchSource, chunk: number): boolean {
    return source.has(chunk) && this.#proofs.mayAsk(peerId, this.#options.layout.entryOf(chunk));
  }

  #forget(peerId: string): void {
    this.#options.scheduler.removeSource(peerId);
    this.#proofs.sourceRemoved(peerId);
  }
}
