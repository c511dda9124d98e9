// Where received chunks are kept: the port that storage adapters implement.
import type { ReadonlyBitfield } from './bitfield.ts';
import type { BundleLayout } from './layout.ts';
import type { ChunkSource } from './source.ts';

/**
 * Keeps verified chunks of one bundle. Whoever holds chunks can serve them: a store is a source.
 * Run `chunkStoreSuite` from `@ferry/webrtc-core/testing` against your own.
 */
export interface ChunkStore extends ChunkSource {
  /**
   * Chunks that were written, durable or not. A store of {@link ChunkSets} holds none of a set until it was given as many
   * chunks of it as are needed, and then all of them at once.
   */
  readonly have: ReadonlyBitfield;
  /** The hash a held chunk was verified with. */
  hashOf(chunk: number): Uint8Array | undefined;
  /**
   * Keeps a verified chunk of exactly the layout's length. `bytes` belongs to the caller again once the
   * promise settles.
   * @throws ContentError `store-full` or `store-failed`; the chunk is then simply not held
   * @throws SetRejected when chunks of a set do not fit together; those it names are forgotten
   */
  write(chunk: number, bytes: Uint8Array, hash: Uint8Array): Promise<void>;
  /** Resolves when everything written before is durable. */
  flush(): Promise<void>;
  /** Flushes and lets go of files and locks; the chunks stay. */
  close(): Promise<void>;
}

/** Makes, reopens and deletes stores by the transfer's id. */
export interface ChunkStoreProvider {
  /** Opens the store of a transfer, with whatever it held before. */
  open(transferId: string, layout: BundleLayout): Promise<ChunkStore>;
  /** Deletes a transfer's chunks; no error when there are none. */
  delete(transferId: string): Promise<void>;
}
