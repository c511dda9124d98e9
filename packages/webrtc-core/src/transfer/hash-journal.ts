// Where a sender remembers the hashes of chunks it has sent: the port that lets a send survive its program, so
// that nothing is read twice only to agree at the end. Adapters decide how durable it is.
import { ChunkHashes } from '../content/chunk-hashes.ts';
import type { TransferId } from '../wire/transfer-id.ts';

export interface HashJournal {
  hashOf(chunk: number): Uint8Array | undefined;
  /** Remembers it; durable after the next `flush`. */
  note(chunk: number, hash: Uint8Array): void;
  flush(): Promise<void>;
  /** Flushes and lets go. */
  close(): Promise<void>;
}

export interface HashJournals {
  /** The journal of a transfer with whatever it held before. Another number of chunks begins anew. */
  open(transfer: TransferId, chunkCount: number): Promise<HashJournal>;
  /** Forgets it; no error when there is none. */
  delete(transfer: TransferId): Promise<void>;
}

/** Keeps journals as long as the program runs. */
export class MemoryHashJournals implements HashJournals {
  readonly #journals = new Map<TransferId, { chunkCount: number; hashes: ChunkHashes }>();

  async open(transfer: TransferId, chunkCount: number): Promise<HashJournal> {
    const known = this.#journals.get(transfer);
    const kept = known?.chunkCount === chunkCount ? known : { chunkCount, hashes: new ChunkHashes(chunkCount) };
    this.#journals.set(transfer, kept);
    return {
      hashOf: (chunk) => kept.hashes.get(chunk),
      note: (chunk, hash) => kept.hashes.set(chunk, hash),
      flush: async () => {},
      close: async () => {},
    };
  }

  async delete(transfer: TransferId): Promise<void> {
    this.#journals.delete(transfer);
  }
}
