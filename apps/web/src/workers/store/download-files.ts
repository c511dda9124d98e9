// The files that a download from the Store becomes, in the ordinary store of their bundle: what is here of them, and what
// they are once all is. Whoever shows, saves or forgets them need not know that they came in columns.
import {
  BundleLayout,
  type ChunkStore,
  type ChunkStoreProvider,
  chooseEntries,
  type Manifest,
  merkleRoot,
  type ReadonlyBitfield,
  type Run,
  runsOf,
} from '@ferry/webrtc-core';
import { ChosenFilesStore } from './download-chosen.ts';

export interface DownloadFilesOptions {
  transferId: string;
  /** All files of the version, end to end. */
  manifest: Manifest;
  stores: ChunkStoreProvider;
}

export class DownloadFiles implements ChunkStoreProvider {
  readonly manifest: Manifest;
  readonly #options: DownloadFilesOptions;
  #runs: readonly Run[] = [];
  #chosen: Manifest | undefined;
  #store: ChunkStore | undefined;
  #closed: Promise<void> = Promise.resolve();
  #contentIds: readonly Uint8Array[] | undefined;

  constructor(options: DownloadFilesOptions) {
    this.#options = options;
    this.manifest = options.manifest;
  }

  /** Undefined before anything was accepted. */
  get chosen(): Manifest | undefined {
    return this.#chosen;
  }

  get chosenRuns(): readonly Run[] {
    return this.#runs;
  }

  /** Chunks of {@link chosen}; undefined before its store was opened. */
  get held(): ReadonlyBitfield | undefined {
    return this.#store?.have;
  }

  get heldBytes(): number | undefined {
    const { held, chosen } = this;
    if (!held || !chosen) return undefined;
    const layout = new BundleLayout(chosen);
    return held.runs().reduce((sum, { first, count }) => {
      const last = layout.place(first + count - 1);
      return sum + last.storageOffset + last.length - layout.place(first).storageOffset;
    }, 0);
  }

  /** Of the chosen files, once all of them were here and their store was closed. */
  get contentIds(): readonly Uint8Array[] | undefined {
    return this.#contentIds;
  }

  /** Resolves when nobody has the store open any more. */
  get closed(): Promise<void> {
    return this.#closed;
  }

  /** @param entryIndexes in ascending order */
  choose(entryIndexes: Iterable<number>): void {
    this.#runs = runsOf(entryIndexes);
    this.#chosen = chooseEntries(this.manifest, this.#runs);
  }

  /** The stream of all files, as far as it is of use: what was not chosen is never missing. */
  async open(transferId: string): Promise<ChunkStore> {
    const chosen = this.#chosen!;
    // Two openings of one store would write over each other's journal.
    await this.#closed;
    const layout = new BundleLayout(chosen);
    const store = await this.#options.stores.open(transferId, layout);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#closed = promise;
    this.#store = store;
    return new ChosenFilesStore({
      ...{ store, all: new BundleLayout(this.manifest), chosen: layout, runs: this.#runs },
      closing: () => {
        this.#contentIds = store.have.isFull ? contentIdsOf(layout, store) : undefined;
      },
      closed: resolve,
    });
  }

  delete(transferId: string): Promise<void> {
    return this.#options.stores.delete(transferId);
  }
}

function contentIdsOf(layout: BundleLayout, store: ChunkStore): Uint8Array[] | undefined {
  const ids: Uint8Array[] = [];
  for (let entry = 0; entry < layout.entryCount; entry++) {
    const { first, count } = layout.chunksOf(entry);
    const hashes = Array.from({ length: count }, (_, at) => store.hashOf(first + at));
    if (!hashes.every((hash) => hash !== undefined)) return undefined;
    ids.push(merkleRoot(hashes));
  }
  return ids;
}
