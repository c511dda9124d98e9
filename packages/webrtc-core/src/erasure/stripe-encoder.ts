// Makes a file's shards on demand, stripe by stripe. Holders that pull about the same place share one encoding. Knows
// not who they are, nor where tags are kept.

import { hashesEqual } from '../content/hash.ts';
import type { Run } from '../content/run.ts';
import { ContentError } from '../errors.ts';
import { type ChunkTags, TAG_BYTES } from './chunk-tags.ts';
import { CodedStripe } from './coded-stripe.ts';
import { EncodedStripe } from './encoded-stripe.ts';
import type { Kernel } from './kernel.ts';
import { Permits } from './permits.ts';
import { StripeCache } from './stripe-cache.ts';
import type { EncryptedChunk, StripeCipher } from './stripe-cipher.ts';
import type { StripeGeometry } from './stripe-geometry.ts';

/** Two stripes of 8 MiB at an overhead of four: holders that are not far apart. */
const CACHE_BYTES = 64 * 1024 * 1024;
/** Chunks that are being read and encrypted: enough that neither the disk nor the cipher waits for the other. */
const CHUNKS_AT_ONCE = 3;

export interface StripeEncoderOptions {
  readonly geometry: StripeGeometry;
  readonly kernel: Kernel;
  readonly cipher: StripeCipher;
  /** A chunk of the file. */
  readonly read: (chunk: number) => Promise<Uint8Array>;
  /** What was recorded of this key before, in another program too; what is encrypted anew is added once it is durable. */
  readonly tags: ChunkTags;
  /** Makes a stripe's tags durable. No shard of it is handed out before. */
  readonly record: (chunks: Run, tags: Uint8Array) => Promise<void>;
  /** For stripes that were encoded already. */
  readonly cacheBytes?: number;
}

/** At most one at a time for one key: two would not know of each other's tags. */
export class StripeEncoder {
  readonly #options: StripeEncoderOptions;
  readonly #cache: StripeCache;
  readonly #underWay = new Map<number, Promise<EncodedStripe>>();
  /** A second stripe at once would take as much memory again, and would not be quicker: one has the processor busy. */
  readonly #stripes = new Permits(1);
  readonly #chunks = new Permits(CHUNKS_AT_ONCE);

  constructor(options: StripeEncoderOptions) {
    this.#options = options;
    this.#cache = new StripeCache(options.cacheBytes ?? CACHE_BYTES);
  }

  /**
   * A shard, to be read and kept, but not to be changed or transferred: others are handed the same one. A copy would
   * cost more time than the code. Empty for a data shard that the last stripe does not have.
   * @throws ContentError `source-changed` when the file is not what it was when the stripe's tags were recorded
   * @throws ErasureError `index-invalid`
   */
  async shard(stripe: number, index: number): Promise<Uint8Array> {
    if (this.#options.geometry.shardBytes(stripe, index) === 0) return new Uint8Array(0);
    const encoded = this.#cache.get(stripe) ?? (await this.#encoded(stripe));
    return encoded.shard(index);
  }

  #encoded(stripe: number): Promise<EncodedStripe> {
    const underWay = this.#underWay.get(stripe);
    if (underWay) return underWay;
    const encoding = this.#stripes
      .use(async () => {
        const encoded = await this.#encode(stripe);
        this.#cache.add(encoded);
        return encoded;
      })
      .finally(() => this.#underWay.delete(stripe));
    this.#underWay.set(stripe, encoding);
    return encoding;
  }

  async #encode(stripe: number): Promise<EncodedStripe> {
    const { geometry, kernel } = this.#options;
    const chunks = geometry.chunksOf(stripe);
    const columns = Array.from({ length: chunks.count }, (_, column) => column);
    const encrypted = await Promise.all(columns.map((column) => this.#chunks.use(() => this.#encrypt(stripe, column))));
    await this.#agreeOnTags(chunks, encrypted);
    const data = encrypted.map(({ shard }) => shard);
    const coded = new CodedStripe(geometry, stripe, kernel);
    const parityIndexes = Array.from({ length: geometry.n - geometry.k }, (_, row) => chunks.count + row);
    const parity = coded.code.encode(
      data.map((shard) => coded.padded(shard)),
      parityIndexes,
    );
    const missing = Array.from({ length: geometry.k - chunks.count }, () => new Uint8Array(0));
    return new EncodedStripe(stripe, [...data, ...missing, ...parity]);
  }

  async #encrypt(stripe: number, column: number): Promise<EncryptedChunk> {
    const { geometry, read, cipher } = this.#options;
    const chunk = await read(geometry.chunksOf(stripe).first + column);
    if (chunk.length !== geometry.shardBytes(stripe, column)) throw ContentError.sourceChanged(0);
    return cipher.encrypt({ stripe, column }, chunk);
  }

  /** Another tag is another chunk: what was encrypted just now must not leave this place, and is forgotten. */
  async #agreeOnTags(chunks: Run, encrypted: readonly EncryptedChunk[]): Promise<void> {
    const { tags, record } = this.#options;
    for (const [column, { tag }] of encrypted.entries()) {
      const recorded = tags.get(chunks.first + column);
      if (recorded && !hashesEqual(recorded, tag)) throw ContentError.sourceChanged(0);
    }
    if (tags.getRun(chunks)) return;
    const stripeTags = new Uint8Array(chunks.count * TAG_BYTES);
    for (const [column, { tag }] of encrypted.entries()) stripeTags.set(tag, column * TAG_BYTES);
    // What is known is durable: another encoder of these tags, or whoever tells them, relies on it.
    await record(chunks, stripeTags);
    tags.setRun(chunks, stripeTags);
  }
}
