// A file of random bytes with everything that stripes are made and read with. For tests.
import { chunkLength } from '../content/chunk.ts';
import { hashesEqual } from '../content/hash.ts';
import { seededRandom } from '../testing/random.ts';
import { ChunkTags } from './chunk-tags.ts';
import { loadKernel } from './load-kernel.ts';
import { generateStripeKey, StripeCipher } from './stripe-cipher.ts';
import { StripeEncoder, type StripeEncoderOptions } from './stripe-encoder.ts';
import { type StripedFile as StripedFileSizes, StripeGeometry } from './stripe-geometry.ts';

const kernel = await loadKernel();

export interface StripedFile {
  readonly geometry: StripeGeometry;
  /** What it reads with: each chunk of the file; tests change them. */
  readonly chunks: Uint8Array[];
  readonly options: StripeEncoderOptions;
  /** Chunks that were read, in order. */
  readonly reads: number[];
  /** All shards of a stripe by their index, empty ones included. */
  shards(stripe: number): Promise<Map<number, Uint8Array>>;
}

export async function stripedFile(sizes: StripedFileSizes, seed = 1): Promise<StripedFile> {
  const geometry = new StripeGeometry(sizes);
  const random = seededRandom(seed);
  const chunks = range(0, geometry.chunkCount).map((chunk) => random.bytes(chunkLength(sizes.sizeBytes, chunk)));
  const reads: number[] = [];
  const options: StripeEncoderOptions = {
    geometry,
    kernel,
    cipher: new StripeCipher(await generateStripeKey(), '01234567-89ab-4cde-8f01-23456789abcd'),
    tags: new ChunkTags(geometry.chunkCount),
    async read(chunk) {
      reads.push(chunk);
      return chunks[chunk]!;
    },
    record: async () => {},
  };
  const encoder = new StripeEncoder(options);
  return {
    geometry,
    chunks,
    options,
    reads,
    async shards(stripe) {
      const shards = await Promise.all(range(0, sizes.n).map((index) => encoder.shard(stripe, index)));
      return new Map(shards.entries());
    },
  };
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}

export function only(shards: ReadonlyMap<number, Uint8Array>, indexes: readonly number[]): Map<number, Uint8Array> {
  return new Map(indexes.map((index) => [index, shards.get(index)!]));
}

/** The assertion library compares a mebibyte byte by byte, in seconds. */
export function same(made: readonly Uint8Array[], expected: readonly (Uint8Array | undefined)[]): boolean {
  return made.length === expected.length && made.every((bytes, at) => hashesEqual(bytes, expected[at]!));
}
