// The columns of a version that somebody was given all of, with the hashes of their chunks: what each contains is remembered
// before its last chunk is handed out, and told to the server until it knows. Knows no bytes and no holders.
import type { Column } from '@ferry/shared';
import { columnKey } from '@ferry/store-holder';
import { merkleRoot } from '@ferry/webrtc-core';
import { base64url } from '../base64url.ts';
import { type GivenColumn, STRICT, type StoreDatabase, versionRange } from './store-database.ts';

const HASH_BYTES = 32;

interface Gathering {
  hashes: Uint8Array<ArrayBuffer>;
  missing: Set<number>;
}

export interface Given {
  column: Column;
  contentId: string;
}

export class GivenColumns {
  readonly #database: StoreDatabase;
  /** By key; what each contains. */
  readonly #given = new Map<string, Given>();
  readonly #unconfirmed = new Map<string, Given>();
  readonly #gathering = new Map<string, Gathering>();

  private constructor(database: StoreDatabase) {
    this.#database = database;
  }

  static async open(database: StoreDatabase, versionId: string): Promise<GivenColumns> {
    const columns = new GivenColumns(database);
    for (const record of await database.getAll('given', versionRange(versionId))) columns.#add(record);
    return columns;
  }

  contentIdOf(column: Column): string | undefined {
    return this.#given.get(columnKey(column))?.contentId;
  }

  get unconfirmed(): Given[] {
    return [...this.#unconfirmed.values()];
  }

  /** Of its chunks, end to end. */
  async hashesOf({ versionId, group, index }: Column): Promise<Uint8Array | undefined> {
    return (await this.#database.get('given', [versionId, group, index]))?.hashes;
  }

  /**
   * A chunk of it has this hash; resolves when that may be told.
   * @returns whether all of the column is known now, and was not before
   */
  async note(
    column: Column,
    { chunk, chunkCount, hash }: { chunk: number; chunkCount: number; hash: Uint8Array },
  ): Promise<boolean> {
    const key = columnKey(column);
    if (this.#given.has(key)) return false;
    const gathering = this.#gathering.get(key) ?? gatheringOf(chunkCount);
    this.#gathering.set(key, gathering);
    gathering.hashes.set(hash, chunk * HASH_BYTES);
    gathering.missing.delete(chunk);
    if (gathering.missing.size > 0) return false;
    const { versionId, group, index } = column;
    const record = { versionId, group, index, hashes: gathering.hashes, isConfirmed: false };
    await this.#put([record]);
    this.#gathering.delete(key);
    if (this.#given.has(key)) return false;
    this.#add(record);
    return true;
  }

  /** The server knows what these contain. */
  async confirmed(columns: readonly Given[]): Promise<void> {
    for (const { column } of columns) {
      const hashes = await this.hashesOf(column);
      if (hashes) await this.#put([{ ...column, hashes: hashes.slice(), isConfirmed: true }]);
      this.#unconfirmed.delete(columnKey(column));
    }
  }

  /** The server has lost what it knew of them. */
  async tellAgain(): Promise<void> {
    for (const [key, given] of this.#given) {
      const hashes = this.#unconfirmed.has(key) ? undefined : await this.hashesOf(given.column);
      if (hashes) await this.#put([{ ...given.column, hashes: hashes.slice(), isConfirmed: false }]);
      this.#unconfirmed.set(key, given);
    }
  }

  #add({ versionId, group, index, hashes, isConfirmed }: GivenColumn): void {
    const column = { versionId, group, index };
    const given = { column, contentId: contentIdOf(hashes) };
    this.#given.set(columnKey(column), given);
    if (!isConfirmed) this.#unconfirmed.set(columnKey(column), given);
  }

  async #put(records: readonly GivenColumn[]): Promise<void> {
    const transaction = this.#database.transaction('given', 'readwrite', STRICT);
    await Promise.all([...records.map((record) => transaction.store.put(record)), transaction.done]);
  }
}

function gatheringOf(chunkCount: number): Gathering {
  return { hashes: new Uint8Array(chunkCount * HASH_BYTES), missing: new Set(Array(chunkCount).keys()) };
}

function contentIdOf(hashes: Uint8Array): string {
  const count = hashes.length / HASH_BYTES;
  const each = Array.from({ length: count }, (_, at) => hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
  return base64url(merkleRoot(each));
}
