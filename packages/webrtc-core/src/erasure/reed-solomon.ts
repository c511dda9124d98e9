// Shards of a code with k data shards, made and made again; any k are enough. Knows no stripes, files or keys.
import { checkDataShards, checkShardIndex, codeRows } from './code-rows.ts';
import { ErasureError } from './erasure-error.ts';
import type { Kernel } from './kernel.ts';
import { recovery } from './recovery.ts';

/**
 * Shards are numbered: data from 0 on, parity from k on, up to 128 of each. Parity need not be made all at once.
 *
 * @example
 * const code = new ReedSolomon(4, await loadKernel());
 * const [fifth, sixth] = code.encode(data, [4, 5]);
 * const [first] = code.reconstruct(new Map([[1, data[1]], [2, data[2]], [3, data[3]], [5, sixth]]), [0]);
 */
export class ReedSolomon {
  readonly k: number;
  readonly #kernel: Kernel;

  /** @throws ErasureError `code-invalid` */
  constructor(k: number, kernel: Kernel) {
    checkDataShards(k);
    this.k = k;
    this.#kernel = kernel;
  }

  /**
   * The shards with these indexes, in that order.
   * @throws ErasureError `shards-too-few`, `length-invalid` or `index-invalid`
   */
  encode(data: readonly Uint8Array[], indexes: readonly number[]): Uint8Array<ArrayBuffer>[] {
    if (data.length < this.k) throw ErasureError.shardsTooFew(data.length, this.k);
    if (data.length > this.k) throw ErasureError.indexInvalid(`data shard ${data.length - 1} of ${this.k}`);
    this.#checkIndexes(indexes);
    return this.#multiply(codeRows(this.k, indexes), data, indexes.length);
  }

  /**
   * The wanted shards, in that order, from any k of those that are present.
   * @throws ErasureError `shards-too-few`, `length-invalid` or `index-invalid`
   */
  reconstruct(present: ReadonlyMap<number, Uint8Array>, wanted: readonly number[]): Uint8Array<ArrayBuffer>[] {
    this.#checkIndexes([...present.keys()]);
    this.#checkIndexes(wanted);
    const { sources, matrix } = recovery(this.k, present.keys(), wanted);
    // Those that are not used are checked, too: a wrong length is a mistake, whether or not it does harm this time.
    checkLengths([...present.values()]);
    return this.#multiply(
      matrix,
      sources.map((index) => present.get(index)!),
      wanted.length,
    );
  }

  #multiply(matrix: Uint8Array, inputs: readonly Uint8Array[], outputCount: number): Uint8Array<ArrayBuffer>[] {
    const lengthBytes = checkLengths(inputs);
    const outputs = Array.from({ length: outputCount }, () => new Uint8Array(lengthBytes));
    this.#kernel.multiply(matrix, inputs, outputs);
    return outputs;
  }

  #checkIndexes(indexes: readonly number[]): void {
    for (const index of indexes) checkShardIndex(this.k, index);
    if (new Set(indexes).size < indexes.length) throw ErasureError.indexInvalid('the same shard twice');
  }
}

/** The one length of all. @throws ErasureError `length-invalid` */
function checkLengths(shards: readonly Uint8Array[]): number {
  const lengthBytes = shards[0]!.length;
  const other = shards.find(({ length }) => length !== lengthBytes);
  if (other) throw ErasureError.lengthInvalid(`${other.length} bytes beside ${lengthBytes}`);
  return lengthBytes;
}
