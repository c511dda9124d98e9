// The tags of what was encrypted of a version, on the disk before any of it leaves this device: whoever goes on after a
// reload must find the same chunks again, or encrypt nothing. Knows no key and no stripes.
import type { Run } from '@ferry/webrtc-core';
import { ChunkTags, TAG_BYTES } from '@ferry/webrtc-core/erasure';
import { STRICT, type StoreDatabase, versionRange } from './store-database.ts';

export class UploadTags {
  /** As far as they are known. */
  readonly known: ChunkTags;
  readonly #database: StoreDatabase;
  readonly #versionId: string;

  private constructor(database: StoreDatabase, versionId: string, known: ChunkTags) {
    this.#database = database;
    this.#versionId = versionId;
    this.known = known;
  }

  static async open(database: StoreDatabase, versionId: string, chunkCount: number): Promise<UploadTags> {
    const known = new ChunkTags(chunkCount);
    for (const { firstChunk, tags } of await database.getAll('tags', versionRange(versionId))) {
      known.setRun({ first: firstChunk, count: tags.length / TAG_BYTES }, tags);
    }
    return new UploadTags(database, versionId, known);
  }

  /** Resolves when they are durable. */
  async record({ first: firstChunk }: Run, tags: Uint8Array): Promise<void> {
    const transaction = this.#database.transaction('tags', 'readwrite', STRICT);
    const record = { versionId: this.#versionId, firstChunk, tags: tags.slice() };
    await Promise.all([transaction.store.put(record), transaction.done]);
  }
}
