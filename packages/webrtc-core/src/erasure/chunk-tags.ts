// The cipher's tags of a file's chunks, as far as they are known: 16 bytes a chunk. They travel apart from the shards,
// so that an encrypted chunk is as long as the chunk. Knows no keys.
import { Bitfield } from '../content/bitfield.ts';
import type { Run } from '../content/run.ts';
import { ErasureError } from './erasure-error.ts';

export const TAG_BYTES = 16;

export class ChunkTags {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #known: Bitfield;

  constructor(chunkCount: number) {
    this.#bytes = new Uint8Array(chunkCount * TAG_BYTES);
    this.#known = new Bitfield(chunkCount);
  }

  /** Tags of the whole file, end to end. @throws ErasureError `length-invalid` */
  static fromBytes(bytes: Uint8Array, chunkCount: number): ChunkTags {
    const tags = new ChunkTags(chunkCount);
    tags.setRun({ first: 0, count: chunkCount }, bytes);
    return tags;
  }

  get chunkCount(): number {
    return this.#known.length;
  }

  get(chunk: number): Uint8Array | undefined {
    return this.#known.has(chunk) ? this.#slice({ first: chunk, count: 1 }) : undefined;
  }

  /** @throws ErasureError `length-invalid` or `index-invalid` */
  set(chunk: number, tag: Uint8Array): void {
    this.setRun({ first: chunk, count: 1 }, tag);
  }

  /** Tags of several chunks, end to end, or undefined while one is unknown. */
  getRun(chunks: Run): Uint8Array<ArrayBuffer> | undefined {
    const unknown = this.#known.nextClear(chunks.first);
    const end = chunks.first + chunks.count;
    if (end > this.chunkCount || (unknown !== -1 && unknown < end)) return undefined;
    return this.#slice(chunks);
  }

  /** @throws ErasureError `length-invalid` or `index-invalid` */
  setRun({ first, count }: Run, tags: Uint8Array): void {
    if (tags.length !== count * TAG_BYTES) throw ErasureError.lengthInvalid(`${tags.length} bytes of ${count} tags`);
    if (first < 0 || first + count > this.chunkCount) {
      throw ErasureError.indexInvalid(`chunk ${first + count - 1} of ${this.chunkCount}`);
    }
    this.#bytes.set(tags, first * TAG_BYTES);
    for (let chunk = first; chunk < first + count; chunk++) this.#known.set(chunk);
  }

  #slice({ first, count }: Run): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(first * TAG_BYTES, (first + count) * TAG_BYTES);
  }
}
