// Chunks of a file from the shards of its stripes: what is missing is rebuilt, all is decrypted, and each chunk is
// verified by its tag. Knows not where shards come from or where chunks go.
import { ContentError } from '../errors.ts';
import type { ChunkTags } from './chunk-tags.ts';
import { ErasureError } from './erasure-error.ts';
import type { Kernel } from './kernel.ts';
import { rebuildColumns } from './rebuild-columns.ts';
import type { StripeCipher } from './stripe-cipher.ts';
import type { StripeGeometry } from './stripe-geometry.ts';

export interface StripeDecoderOptions {
  readonly geometry: StripeGeometry;
  readonly kernel: Kernel;
  readonly cipher: StripeCipher;
  readonly tags: ChunkTags;
}

export interface DecodedStripe {
  /** The chunks of the columns that were asked for, in that order. */
  readonly chunks: readonly Uint8Array<ArrayBuffer>[];
  /** Those of these columns that were not among the shards and had to be made from them. */
  readonly rebuilt: readonly number[];
}

export class StripeDecoder {
  readonly #options: StripeDecoderOptions;

  constructor(options: StripeDecoderOptions) {
    this.#options = options;
  }

  /**
   * `shards` has shards of the stripe by their index: those of the wanted columns, or any as many as the stripe has
   * chunks. Without `columns` all chunks are wanted.
   *
   * @throws ContentError `chunk-corrupt` when a chunk does not have its tag
   * @throws ErasureError `shards-too-few`, `length-invalid` or `index-invalid`
   */
  async decode(
    stripe: number,
    shards: ReadonlyMap<number, Uint8Array>,
    columns: readonly number[] = this.#allColumns(stripe),
  ): Promise<DecodedStripe> {
    const { geometry, kernel } = this.#options;
    for (const column of columns) this.#checkColumn(stripe, column);
    const rebuilt = columns.filter((column) => !shards.has(column));
    const made = rebuilt.length === 0 ? [] : rebuildColumns(geometry, kernel, stripe, shards, rebuilt);
    const chunks = columns.map((column) => {
      return this.#decrypt(stripe, column, shards.get(column) ?? made[rebuilt.indexOf(column)]!);
    });
    return { chunks: await Promise.all(chunks), rebuilt };
  }

  async #decrypt(stripe: number, column: number, shard: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
    const { geometry, cipher, tags } = this.#options;
    const tag = tags.get(geometry.chunksOf(stripe).first + column);
    if (!tag) throw ContentError.chunkCorrupt(`column ${column} of stripe ${stripe} has no tag`);
    return cipher.decrypt({ stripe, column }, shard, tag);
  }

  #allColumns(stripe: number): number[] {
    return Array.from({ length: this.#options.geometry.chunksOf(stripe).count }, (_, column) => column);
  }

  #checkColumn(stripe: number, column: number): void {
    const { count } = this.#options.geometry.chunksOf(stripe);
    if (Number.isInteger(column) && column >= 0 && column < count) return;
    throw ErasureError.indexInvalid(`data column ${column} of ${count}`);
  }
}
