// A version that is stored: all its columns in memory, with their content ids, as holders serve them. For tests.
import { HASH_BYTES, hashNode } from '../content/hash.ts';
import { BundleLayout } from '../content/layout.ts';
import { merkleRoot } from '../content/merkle.ts';
import type { Bundle } from '../content/source.ts';
import { type Column, ColumnBundle } from './column-bundle.ts';
import { StripeDecoder } from './stripe-decoder.ts';
import type { StripedFile as Sizes } from './stripe-geometry.ts';
import { type StripedFile, stripedFile } from './striped-file.testing-ground.ts';

export const VERSION_ID = '01234567-89ab-4cde-8f01-23456789abcd';

export class StoredVersion {
  readonly file: StripedFile;
  readonly decoder: StripeDecoder;
  /** All columns, with content ids. */
  readonly bundle: ColumnBundle;
  readonly #shards: readonly ReadonlyMap<number, Uint8Array>[];

  private constructor(file: StripedFile, shards: readonly ReadonlyMap<number, Uint8Array>[]) {
    this.file = file;
    this.decoder = new StripeDecoder(file.options);
    this.#shards = shards;
    const { geometry } = file;
    const plain = new ColumnBundle({ versionId: VERSION_ID, geometry });
    const columns = plain.manifest.entries.map((_, entry): Column => {
      return { ...plain.columnOf(entry), contentId: merkleRoot(this.#hashesOf(plain, entry)) };
    });
    this.bundle = new ColumnBundle({ versionId: VERSION_ID, geometry, columns });
  }

  /** @param wrong index of a column whose shards are not what they should be, and whose content id vouches for that */
  static async make(sizes: Sizes, { seed = 1, wrong }: { seed?: number; wrong?: number } = {}): Promise<StoredVersion> {
    const file = await stripedFile(sizes, seed);
    const shards: ReadonlyMap<number, Uint8Array>[] = [];
    for (let stripe = 0; stripe < file.geometry.stripeCount; stripe++) {
      const made = await file.shards(stripe);
      if (wrong !== undefined)
        made.set(
          wrong,
          made.get(wrong)!.map((byte) => byte ^ 1),
        );
      shards.push(made);
    }
    return new StoredVersion(file, shards);
  }

  get columns(): Column[] {
    return this.bundle.manifest.entries.map((_, entry) => this.bundle.columnOf(entry));
  }

  /** The bundle of these columns alone, as it is asked for. */
  only(wanted: (column: Column) => boolean): ColumnBundle {
    const { geometry } = this.file;
    return new ColumnBundle({ versionId: VERSION_ID, geometry, columns: this.columns.filter(wanted) });
  }

  shard(stripe: number, index: number): Uint8Array {
    return this.#shards[stripe]!.get(index)!;
  }

  /** What a holder of these columns serves. */
  held(wanted: (column: Column) => boolean): Bundle {
    const bundle = this.only(wanted);
    return {
      manifest: bundle.manifest,
      choose: (chosen) => {
        const layout = new BundleLayout({ entries: chosen.map((entry) => bundle.manifest.entries[entry]!) });
        return {
          read: async (chunk) => {
            const entry = layout.entryOf(chunk);
            const first = bundle.layout.chunksOf(chosen[entry]!).first;
            const { stripe, index } = bundle.placeOf(first + chunk - layout.chunksOf(entry).first);
            return this.shard(stripe, index).slice();
          },
        };
      },
      chunkHashes: async (entry) => {
        const hashes = this.#hashesOf(bundle, entry);
        const joined = new Uint8Array(hashes.length * HASH_BYTES);
        for (const [at, hash] of hashes.entries()) joined.set(hash, at * HASH_BYTES);
        return joined;
      },
    };
  }

  #hashesOf(bundle: ColumnBundle, entry: number): Uint8Array[] {
    const { first, count } = bundle.layout.chunksOf(entry);
    return Array.from({ length: count }, (_, at) => {
      const { stripe, index } = bundle.placeOf(first + at);
      return hashNode(this.shard(stripe, index));
    });
  }
}
