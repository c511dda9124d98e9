// Where a version's shards go while it is downloaded: they become chunks of the file, and those go to where it is kept.
// Knows not where shards come from.
import { BundleLayout } from '../content/layout.ts';
import type { Manifest } from '../content/manifest.ts';
import type { ChunkStoreProvider } from '../content/store.ts';
import { ContentError } from '../errors.ts';
import type { ColumnBundle } from './column-bundle.ts';
import { FilesTarget, type PlainTarget } from './plain-target.ts';
import type { StripeDecoder } from './stripe-decoder.ts';
import { type StripeSink, StripeStore } from './stripe-store.ts';

/** Holds a stripe when all its chunks are in the target, whoever wrote them there. */
export class DecodingStore extends StripeStore {
  constructor(bundle: ColumnBundle, decoder: StripeDecoder, target: PlainTarget) {
    super(bundle, new DecodingSink(bundle, decoder, target));
  }
}

export interface DecodingStoresOptions {
  readonly bundle: ColumnBundle;
  readonly decoder: StripeDecoder;
  /** Where the files are kept, under the transfer's id. */
  readonly stores: ChunkStoreProvider;
  /** The files that are one stream, end to end. */
  readonly files: Manifest;
}

/**
 * The stores of a fetch of columns that leaves files behind.
 *
 * @example
 * const stores = new DecodingStores({ bundle, decoder, stores: opfsStores, files });
 * await exchange.fetch({ manifest: bundle.manifest, sets: new StripeSets(bundle), stores, mostSources: 12, … });
 */
export class DecodingStores implements ChunkStoreProvider {
  readonly #options: DecodingStoresOptions;

  constructor(options: DecodingStoresOptions) {
    this.#options = options;
  }

  /** @throws ContentError `manifest-invalid` when the files are not as long as the version */
  async open(transferId: string): Promise<DecodingStore> {
    const { bundle, decoder, stores, files } = this.#options;
    const layout = new BundleLayout(files);
    if (layout.totalBytes !== bundle.geometry.sizeBytes) throw ContentError.manifestInvalid('another number of bytes');
    return new DecodingStore(bundle, decoder, new FilesTarget(await stores.open(transferId, layout), layout));
  }

  delete(transferId: string): Promise<void> {
    return this.#options.stores.delete(transferId);
  }
}

class DecodingSink implements StripeSink {
  readonly #bundle: ColumnBundle;
  readonly #decoder: StripeDecoder;
  readonly #target: PlainTarget;

  constructor(bundle: ColumnBundle, decoder: StripeDecoder, target: PlainTarget) {
    this.#bundle = bundle;
    this.#decoder = decoder;
    this.#target = target;
  }

  has(stripe: number): boolean {
    return this.#missing(stripe).length === 0;
  }

  async take(stripe: number, shards: ReadonlyMap<number, Uint8Array>): Promise<void> {
    const { first } = this.#bundle.geometry.chunksOf(stripe);
    const columns = this.#missing(stripe);
    const { chunks } = await this.#decoder.decode(stripe, shards, columns);
    for (const [at, column] of columns.entries()) await this.#target.write(first + column, chunks[at]!);
  }

  flush(): Promise<void> {
    return this.#target.flush();
  }

  close(): Promise<void> {
    return this.#target.close();
  }

  /** Data columns whose chunks are not in the target. */
  #missing(stripe: number): number[] {
    const { first, count } = this.#bundle.geometry.chunksOf(stripe);
    const columns = Array.from({ length: count }, (_, column) => column);
    return columns.filter((column) => !this.#target.has(first + column));
  }
}
