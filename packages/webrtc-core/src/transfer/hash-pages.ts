// The hashes of one entry as one source tells them, page by page, and since when it owes the next one. Knows not what they
// are worth.
import { HASH_BYTES } from '../content/hash.ts';
import { ProtocolError } from '../errors.ts';
import { WIRE_LIMITS } from '../wire/limits.ts';

/** Hashes are at hand where somebody has content ids: what takes longer is a source that does not answer. */
export const HASHES_WITHIN_MS = 3000;

export class HashPages {
  readonly source: string;
  readonly #chunkCount: number;
  /** Made with the first page: who never answers takes no memory. */
  #hashes: Uint8Array | undefined;
  #nextChunk = 0;
  #sinceMs: number;

  constructor(source: string, chunkCount: number, nowMs: number) {
    this.source = source;
    this.#chunkCount = chunkCount;
    this.#sinceMs = nowMs;
  }

  /** The first chunk whose hash has not come. */
  get nextChunk(): number {
    return this.#nextChunk;
  }

  /** When it has taken too long. */
  get dueMs(): number {
    return this.#sinceMs + HASHES_WITHIN_MS;
  }

  /** All of them; undefined while some are lacking. */
  get whole(): Uint8Array | undefined {
    return this.#nextChunk === this.#chunkCount ? this.#hashes : undefined;
  }

  /** @throws ProtocolError for more than there are */
  add(hashes: Uint8Array, nowMs: number): void {
    const count = hashes.length / HASH_BYTES;
    if (this.#nextChunk + count > this.#chunkCount) {
      throw ProtocolError.malformed('more hashes than the entry has chunks');
    }
    this.#hashes ??= new Uint8Array(this.#chunkCount * HASH_BYTES);
    this.#hashes.set(hashes, this.#nextChunk * HASH_BYTES);
    this.#nextChunk += count;
    // Hash by hash a source could take as long as it likes.
    if (count >= WIRE_LIMITS.maxHashes) this.#sinceMs = nowMs;
  }
}
