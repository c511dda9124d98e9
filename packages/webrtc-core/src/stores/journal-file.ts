// How a journal lies in its file: the bitfield of what is held, padded to whole bytes, then one hash a
// chunk. Knows the layout of the file, not in which order it may be written.
import { Bitfield, type ReadonlyBitfield } from '../content/bitfield.ts';
import { HASH_BYTES } from '../content/hash.ts';
import type { StoreFile } from './store-file.ts';

/** Hashes are read, and room is taken, in pieces of this size. */
const PIECE_BYTES = 1024 * 1024;

export class JournalFile {
  readonly #file: StoreFile;
  readonly #chunkCount: number;

  /**
   * Takes all the room that the journal will ever need.
   * @throws ContentError `store-full` when there is not as much
   */
  constructor(file: StoreFile, chunkCount: number) {
    this.#file = file;
    this.#chunkCount = chunkCount;
    if (file.sizeBytes !== journalBytes(chunkCount)) this.#allocate();
  }

  readClaims(): Bitfield {
    const bits = new Uint8Array(bitfieldBytes(this.#chunkCount));
    this.#file.read(bits, 0);
    return Bitfield.fromBytes(bits, this.#chunkCount);
  }

  writeClaims(claims: ReadonlyBitfield): void {
    this.#file.write(claims.toBytes(), 0);
  }

  /** The hashes of `count` chunks from `first` on, one after the other. */
  *readHashes(first: number, count: number): Generator<Uint8Array> {
    const most = PIECE_BYTES / HASH_BYTES;
    for (let done = 0; done < count; done += most) {
      const piece = new Uint8Array(Math.min(most, count - done) * HASH_BYTES);
      this.#file.read(piece, this.#hashOffset(first + done));
      for (let at = 0; at < piece.length; at += HASH_BYTES) yield piece.subarray(at, at + HASH_BYTES);
    }
  }

  writeHashes(first: number, hashes: readonly Uint8Array[]): void {
    const bytes = new Uint8Array(hashes.length * HASH_BYTES);
    for (const [index, hash] of hashes.entries()) bytes.set(hash, index * HASH_BYTES);
    this.#file.write(bytes, this.#hashOffset(first));
  }

  flush(): void {
    this.#file.flush();
  }

  close(): void {
    this.#file.close();
  }

  /**
   * Zeros, not a hole, so that later writes find their room even on a full disk. What was in the file is none
   * of ours, and gone for good before the file grows to the size at which its bits would count as claims.
   */
  #allocate(): void {
    const sizeBytes = journalBytes(this.#chunkCount);
    try {
      this.#file.truncate(0);
      this.#file.flush();
      for (let at = 0; at < sizeBytes; at += PIECE_BYTES) {
        this.#file.write(new Uint8Array(Math.min(PIECE_BYTES, sizeBytes - at)), at);
      }
      this.#file.flush();
    } catch (error) {
      this.#file.truncate(0);
      throw error;
    }
  }

  #hashOffset(chunk: number): number {
    return bitfieldBytes(this.#chunkCount) + chunk * HASH_BYTES;
  }
}

/** What a journal claims, read without opening it: somebody else may have it open. */
export async function claimsIn(journal: Blob, chunkCount: number): Promise<Bitfield> {
  if (journal.size !== journalBytes(chunkCount)) return new Bitfield(chunkCount);
  const bits = await journal.slice(0, bitfieldBytes(chunkCount)).arrayBuffer();
  return Bitfield.fromBytes(new Uint8Array(bits), chunkCount);
}

/** From the start: a file of any other size is no journal of this many chunks. */
function journalBytes(chunkCount: number): number {
  return bitfieldBytes(chunkCount) + chunkCount * HASH_BYTES;
}

function bitfieldBytes(chunkCount: number): number {
  return Math.ceil(chunkCount / 8);
}
