// Whoever can be asked for chunks of a bundle: files on disk, a store that holds some of them.
import type { Manifest } from './manifest.ts';

/** Reads chunks by their number in the bundle's layout. */
export interface ChunkSource {
  /**
   * The bytes of one chunk; the caller may keep them.
   * @throws ContentError `source-changed` when the file is not what it was, `store-failed` otherwise
   */
  read(chunk: number, signal?: AbortSignal): Promise<Uint8Array>;
}

/** A bundle that can be announced: what it contains, and a source once the receiver has chosen from it. */
export interface Bundle {
  readonly manifest: Manifest;
  /** A source whose chunks are numbered by the layout of `chosen`, entries of {@link manifest} in order. */
  choose(chosen: readonly number[]): ChunkSource;
}
