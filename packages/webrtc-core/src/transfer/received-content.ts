// What there is so far of a bundle that is received, for whoever shows it or gives it on. Read only: knows neither where
// it comes from nor how it goes on.
import type { ReadonlyBitfield } from '../content/bitfield.ts';
import type { Manifest } from '../content/manifest.ts';
import type { Run } from '../content/run.ts';
import { ContentError } from '../errors.ts';
import type { Fetch } from './fetch.ts';
import type { Progress } from './progress.ts';

export abstract class ReceivedContent {
  /** Undefined before anything was accepted. */
  protected abstract readonly fetching: Fetch | undefined;

  /** What was accepted; chunks and entries are numbered within it. */
  get chosen(): Manifest | undefined {
    return this.fetching?.chosen;
  }

  /** Indexes of {@link chosen} in the announced manifest: what `restore` needs. */
  get chosenRuns(): readonly Run[] {
    return this.fetching?.chosenRuns ?? [];
  }

  get progress(): Progress | undefined {
    return this.fetching?.progress;
  }

  get held(): ReadonlyBitfield | undefined {
    return this.fetching?.store.have;
  }

  get movedBytes(): number {
    return this.fetching?.movedBytes ?? 0;
  }

  /** Entries of {@link chosen} on whose content ids both sides agree. */
  get agreed(): ReadonlyBitfield | undefined {
    return this.fetching?.completion.agreed;
  }

  /** Entries of {@link chosen} that are done without. */
  get givenUp(): readonly number[] {
    return this.fetching?.entries.givenUp ?? [];
  }

  /** The content id of an entry of {@link chosen}: told by its manifest, or computed once all of it is here. */
  contentIdOf(entry: number): Uint8Array | undefined {
    return this.fetching?.entries.contentIdOf(entry);
  }

  /** Hashes of all chunks of an entry of {@link chosen}, end to end; undefined while they are not all known. */
  chunkHashes(entry: number): Uint8Array | undefined {
    return this.fetching?.entries.chunkHashes(entry);
  }

  /**
   * A chunk of {@link chosen} that is held: whoever receives can give on.
   * @throws ContentError `store-failed` when it is not held, or the store is closed
   */
  async read(chunk: number): Promise<Uint8Array> {
    if (!this.held?.has(chunk) || !this.fetching) throw ContentError.storeFailed();
    return this.fetching.store.read(chunk);
  }
}
