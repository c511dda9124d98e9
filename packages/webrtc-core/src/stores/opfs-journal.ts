// Which chunks are held, and their hashes, in a file that survives crashes. Knows nothing of where the
// chunks themselves are: its owner makes them durable before it flushes this.
import type { Bitfield, ReadonlyBitfield } from '../content/bitfield.ts';
import { ChunkHashes } from '../content/chunk-hashes.ts';
import { hashesEqual } from '../content/hash.ts';
import { indexesOf, runsOf } from '../content/run.ts';
import { JournalFile } from './journal-file.ts';
import { withStoreErrors } from './store-error.ts';
import { StoreFile } from './store-file.ts';
import { openSyncAccessHandle, type SyncAccessHandle } from './sync-access-handle.ts';

/**
 * Opens, or makes, the journal `name` in a folder of the origin private file system; in workers only.
 *
 * @throws ContentError `store-full` when there is no room for 33 bytes a chunk
 * @example
 * const journal = await openChunkJournal(folder, 'sent-hashes', layout.chunkCount);
 * journal.note(0, hash);
 * journal.flush();
 * journal.close();
 */
export async function openChunkJournal(
  folder: FileSystemDirectoryHandle,
  name: string,
  chunkCount: number,
): Promise<ChunkJournal> {
  return withStoreErrors(async () => {
    const handle = await openSyncAccessHandle(await folder.getFileHandle(name, { create: true }));
    try {
      return new ChunkJournal(handle, chunkCount);
    } catch (error) {
      handle.close();
      throw error;
    }
  });
}

export class ChunkJournal {
  readonly #file: JournalFile;
  readonly #hashes: ChunkHashes;
  /** Claimed on disk, or noted. */
  readonly #have: Bitfield;
  readonly #claimed: Bitfield;
  /** Not yet on disk. */
  readonly #noted = new Set<number>();

  /** @throws ContentError `store-full` when it does not fit; the handle stays the caller's to close then */
  constructor(handle: SyncAccessHandle, chunkCount: number) {
    this.#file = new JournalFile(new StoreFile(handle), chunkCount);
    this.#have = this.#file.readClaims();
    this.#claimed = this.#file.readClaims();
    this.#hashes = new ChunkHashes(chunkCount);
    for (const { first, count } of this.#claimed.runs()) {
      let chunk = first;
      for (const hash of this.#file.readHashes(first, count)) this.#hashes.set(chunk++, hash);
    }
  }

  get have(): ReadonlyBitfield {
    return this.#have;
  }

  hashOf(chunk: number): Uint8Array | undefined {
    return this.#have.has(chunk) ? this.#hashes.get(chunk) : undefined;
  }

  /** Remembers a chunk, in memory until the next flush. */
  note(chunk: number, hash: Uint8Array): void {
    const known = this.hashOf(chunk);
    if (known && hashesEqual(known, hash)) return;
    this.forget([chunk]);
    this.#hashes.set(chunk, hash);
    this.#have.set(chunk);
    this.#noted.add(chunk);
  }

  /** Stops claiming these chunks; on disk before it returns, so that their bytes may be overwritten next. */
  forget(chunks: Iterable<number>): void {
    let anyClaimed = false;
    for (const chunk of chunks) {
      this.#have.clear(chunk);
      this.#noted.delete(chunk);
      if (this.#claimed.clear(chunk)) anyClaimed = true;
    }
    if (anyClaimed) this.#flushClaims();
  }

  /** First hashes, then the bitfield: no chunk is claimed without its hash. */
  flush(): void {
    if (this.#noted.size === 0) return;
    const noted = runsOf([...this.#noted].sort((a, b) => a - b));
    for (const run of noted) {
      this.#file.writeHashes(
        run.first,
        Array.from(indexesOf([run]), (chunk) => this.#hashes.get(chunk)!),
      );
    }
    this.#file.flush();
    for (const chunk of indexesOf(noted)) this.#claimed.set(chunk);
    this.#flushClaims();
    this.#noted.clear();
  }

  /** Lets go of the file. What was noted and not flushed is forgotten: only the owner knows whether it is true. */
  close(): void {
    this.#file.close();
  }

  #flushClaims(): void {
    this.#file.writeClaims(this.#claimed);
    this.#file.flush();
  }
}
