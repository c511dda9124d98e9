// Which entries of a fetch are here, what their content ids are, on which both sides agree, and which are done without.
// Knows no sources and no messages.
import { bundleRoot, contentId } from '../content/content-id.ts';
import { HASH_BYTES, hashesEqual } from '../content/hash.ts';
import type { BundleLayout } from '../content/layout.ts';
import type { Manifest } from '../content/manifest.ts';
import { merkleRoot } from '../content/merkle.ts';
import { indexesOf, type Run } from '../content/run.ts';
import type { ChunkStore } from '../content/store.ts';
import { Completion } from './completion.ts';
import { Proofs } from './proofs.ts';

export class FetchedEntries {
  readonly completion: Completion;
  readonly proofs: Proofs;
  readonly #layout: BundleLayout;
  readonly #store: ChunkStore;
  /** What makes up for what was not fetched vouches for all of it: nobody's word is needed. */
  readonly #isInSets: boolean;
  readonly #givenUp = new Set<number>();

  constructor(chosen: Manifest, layout: BundleLayout, store: ChunkStore, { isInSets = false } = {}) {
    this.#layout = layout;
    this.#store = store;
    this.#isInSets = isInSets;
    this.completion = new Completion(layout, store.have);
    this.proofs = new Proofs(chosen, layout);
    for (let entry = 0; entry < layout.entryCount; entry++) this.#settle(entry);
  }

  /** Entries that are done without, in order. */
  get givenUp(): readonly number[] {
    return [...this.#givenUp].sort((a, b) => a - b);
  }

  /** All, or nothing more is wanted of it. */
  isWhole(entry: number): boolean {
    return this.completion.isWhole({ first: entry, count: 1 });
  }

  isHere(entry: number): boolean {
    return this.isWhole(entry) && !this.#givenUp.has(entry);
  }

  /** Whether a source may be told that it is here: of some that were made of others nobody knows the content id. */
  isSayable(entry: number): boolean {
    return this.isHere(entry) && (!this.#isInSets || this.contentIdOf(entry) !== undefined);
  }

  /** A chunk was stored that was not held before. */
  landed(chunk: number): void {
    this.completion.landed(chunk);
    this.#settle(this.#layout.entryOf(chunk));
  }

  /** @returns the chunks that are not wanted any more, though they are not here */
  giveUp(entry: number): number[] {
    if (this.isWhole(entry)) return [];
    this.#givenUp.add(entry);
    this.completion.giveUp(entry);
    return [...indexesOf([this.#layout.chunksOf(entry)])].filter((chunk) => !this.#store.have.has(chunk));
  }

  /** Told beforehand, or computed once all of it is here; else undefined. */
  contentIdOf(entry: number): Uint8Array | undefined {
    const known = this.proofs.contentIdOf(entry);
    if (known || !this.isHere(entry)) return known;
    return contentId(this.#layout, entry, (chunk) => this.#store.hashOf(chunk));
  }

  /** Of all chunks of an entry, end to end; undefined while they are not all known. */
  chunkHashes(entry: number): Uint8Array | undefined {
    const known = this.proofs.hashesOf(entry);
    if (known) return known;
    const { first, count } = this.#layout.chunksOf(entry);
    const hashes = new Uint8Array(count * HASH_BYTES);
    for (let at = 0; at < count; at++) {
      const hash = this.#store.hashOf(first + at);
      if (!hash) return undefined;
      hashes.set(hash, at * HASH_BYTES);
    }
    return hashes;
  }

  /** One root over everything; undefined before all is whole, and when some of it was given up. */
  root(): Uint8Array | undefined {
    if (!this.completion.allWhole || this.#givenUp.size > 0) return undefined;
    const all: Run = { first: 0, count: this.#layout.entryCount };
    if (!this.#isInSets) return bundleRoot(this.#layout, all, (chunk) => this.#store.hashOf(chunk));
    const ids = this.#contentIdsOf([...indexesOf([all])]);
    return ids && merkleRoot(ids);
  }

  /** @returns whether these entries, which are here, have this root; then both sides agree on them */
  agree(entries: readonly number[], root: Uint8Array): boolean {
    const ids = this.#contentIdsOf(entries);
    if (!ids || !hashesEqual(merkleRoot(ids), root)) return false;
    for (const entry of entries) this.completion.agree({ first: entry, count: 1 });
    return true;
  }

  /** Undefined while one is unknown. */
  #contentIdsOf(entries: readonly number[]): Uint8Array[] | undefined {
    const ids = entries.map((entry) => this.contentIdOf(entry));
    return ids.every((id) => id !== undefined) ? ids : undefined;
  }

  /** What a content id vouched for is settled once it is here. */
  #settle(entry: number): void {
    if ((this.#isInSets || this.proofs.contentIdOf(entry)) && this.isHere(entry)) {
      this.completion.agree({ first: entry, count: 1 });
    }
  }
}
