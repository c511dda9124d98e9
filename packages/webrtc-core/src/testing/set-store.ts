// A store in memory that makes a set whole as soon as it was given enough of its chunks, as a store that decodes does. What
// is made up for has no bytes. For tests.
import { Bitfield } from '../content/bitfield.ts';
import type { ChunkSets } from '../content/chunk-sets.ts';
import type { BundleLayout } from '../content/layout.ts';
import { SetRejected } from '../content/set-rejected.ts';
import type { ChunkStore, ChunkStoreProvider } from '../content/store.ts';
import { ContentError } from '../errors.ts';

export class SetStore implements ChunkStore {
  readonly have: Bitfield;
  readonly #sets: ChunkSets;
  readonly #kept = new Map<number, Uint8Array>();
  /** The most chunks of sets that were not whole. */
  mostKept = 0;
  /** Whose presence makes a set not fit together. */
  readonly wrong = new Set<number>();

  constructor(sets: ChunkSets, layout: BundleLayout) {
    this.#sets = sets;
    this.have = new Bitfield(layout.chunkCount);
  }

  hashOf(): undefined {
    return undefined;
  }

  async read(chunk: number): Promise<Uint8Array> {
    const bytes = this.#kept.get(chunk);
    if (!bytes) throw ContentError.storeFailed();
    return bytes;
  }

  async write(chunk: number, bytes: Uint8Array): Promise<void> {
    const set = this.#sets.setOf(chunk);
    if (this.have.has(chunk)) return;
    this.#kept.set(chunk, bytes.slice());
    const chunks = this.#sets.chunksOf(set);
    const kept = chunks.filter((one) => this.#kept.has(one));
    this.mostKept = Math.max(this.mostKept, [...this.#kept.keys()].filter((one) => !this.have.has(one)).length);
    if (kept.length < this.#sets.neededOf(set)) return;
    if (kept.some((one) => this.wrong.has(one))) {
      for (const one of kept) this.#kept.delete(one);
      throw new SetRejected(set, kept);
    }
    for (const one of chunks) this.have.set(one);
  }

  async flush(): Promise<void> {}

  async close(): Promise<void> {}
}

/** Keeps one store, as a disk does: what was not whole is forgotten when it is opened again. */
export class SetStores implements ChunkStoreProvider {
  sets: ChunkSets;
  current: SetStore | undefined;

  constructor(sets: ChunkSets) {
    this.sets = sets;
  }

  async open(_: string, layout: BundleLayout): Promise<SetStore> {
    const store = new SetStore(this.sets, layout);
    for (const { first, count } of this.current?.have.runs() ?? []) {
      for (let at = 0; at < count; at++) store.have.set(first + at);
    }
    this.current = store;
    return store;
  }

  async delete(): Promise<void> {
    this.current = undefined;
  }
}
