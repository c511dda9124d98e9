// Whoever can be asked for chunks of a bundle: files on disk, a store that holds some of them.
import type { Emitter } from '../util/emitter.ts';
import type { ReadonlyBitfield } from './bitfield.ts';
import type { Manifest } from './manifest.ts';
import type { Run } from './run.ts';

/** Reads chunks by their number in the bundle's layout. */
export interface ChunkSource {
  /**
   * The bytes of one chunk; the caller may keep them.
   * @throws ContentError `source-changed` when the file is not what it was, `store-failed` otherwise
   */
  read(chunk: number, signal?: AbortSignal): Promise<Uint8Array>;
}

/** What of a bundle is here, while it is still being fetched itself. Chunks are numbered as in its source. */
export interface Availability {
  readonly have: ReadonlyBitfield;
  /** `more`: chunks that are here now, too. */
  readonly events: Emitter<{ more: Run[] }>;
}

/** A bundle that can be announced: what it contains, and a source once the receiver has chosen from it. */
export interface Bundle {
  readonly manifest: Manifest;
  /** A source whose chunks are numbered by the layout of `chosen`, entries of {@link manifest} in order. */
  choose(chosen: readonly number[]): ChunkSource;
  /** Hashes of all chunks of an entry, end to end, for those that have a content id; else undefined. */
  chunkHashes?(entry: number): Promise<Uint8Array | undefined>;
  /** Absent when all of it is here. */
  availability?(chosen: readonly number[]): Availability;
}
