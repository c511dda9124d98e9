// What the content ids of a bundle vouch for: the hash each chunk must have, once a source has told the hashes that make
// up the id. Knows no sources and no messages.
import { chunkCount } from '../content/chunk.ts';
import { HASH_BYTES, hashesEqual } from '../content/hash.ts';
import type { BundleLayout } from '../content/layout.ts';
import type { Manifest } from '../content/manifest.ts';
import { merkleRoot } from '../content/merkle.ts';

export class Proofs {
  readonly #manifest: Manifest;
  readonly #layout: BundleLayout;
  /** Of entries with more than one chunk: their hashes, end to end. */
  readonly #hashes = new Map<number, Uint8Array>();

  constructor(manifest: Manifest, layout: BundleLayout) {
    this.#manifest = manifest;
    this.#layout = layout;
  }

  contentIdOf(entry: number): Uint8Array | undefined {
    return this.#manifest.entries[entry]!.contentId;
  }

  /** Of its chunks, end to end, once they are proven; those of a single chunk need no proof and are not kept. */
  hashesOf(entry: number): Uint8Array | undefined {
    return this.#hashes.get(entry);
  }

  /** Whether its hashes must be asked for before its chunks: the id of a single chunk is proof enough. */
  isWanted(entry: number): boolean {
    const { contentId, sizeBytes } = this.#manifest.entries[entry]!;
    return contentId !== undefined && chunkCount(sizeBytes) > 1 && !this.#hashes.has(entry);
  }

  /** Entries whose hashes are to be asked for, in their order. */
  *wanted(): Generator<number> {
    for (let entry = 0; entry < this.#manifest.entries.length; entry++) if (this.isWanted(entry)) yield entry;
  }

  chunkCountOf(entry: number): number {
    return this.#layout.chunksOf(entry).count;
  }

  /** @returns whether these hashes do make up the entry's content id; they are kept then */
  add(entry: number, hashes: Uint8Array): boolean {
    const contentId = this.contentIdOf(entry);
    if (!contentId || hashes.length !== this.chunkCountOf(entry) * HASH_BYTES) return false;
    if (!hashesEqual(merkleRoot(split(hashes)), contentId)) return false;
    this.#hashes.set(entry, hashes);
    return true;
  }

  /** Whether a chunk may have this hash: anything goes where no content id says otherwise. */
  allows(chunk: number, hash: Uint8Array): boolean {
    const entry = this.#layout.entryOf(chunk);
    const contentId = this.contentIdOf(entry);
    if (!contentId) return true;
    const { first, count } = this.#layout.chunksOf(entry);
    if (count === 1) return hashesEqual(merkleRoot([hash]), contentId);
    const hashes = this.#hashes.get(entry);
    if (!hashes) return false;
    const at = (chunk - first) * HASH_BYTES;
    return hashesEqual(hash, hashes.subarray(at, at + HASH_BYTES));
  }
}

function* split(hashes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < hashes.length; at += HASH_BYTES) yield hashes.subarray(at, at + HASH_BYTES);
}
