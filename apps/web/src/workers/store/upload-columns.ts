// The columns of a version that is uploaded, as they are given to whoever is to keep them: each shard is made when it is
// asked for. Knows no server and no places.
import type { Column } from '@ferry/shared';
import { columnEntry, type ServedColumn } from '@ferry/store-holder';
import { Emitter, hashChunk } from '@ferry/webrtc-core';
import type { StripeGeometry } from '@ferry/webrtc-core/erasure';
import type { GivenColumns } from './given-columns.ts';
import type { UploadEncoder } from './upload-encoder.ts';

export interface UploadColumnsOptions {
  versionId: string;
  encoder: UploadEncoder;
  given: GivenColumns;
}

export class UploadColumns {
  readonly events = new Emitter<{
    /** So many bytes go out. */
    served: number;
    /** Somebody has, or is about to have, all of a column. */
    given: undefined;
    /** It cannot be made. */
    failed: unknown;
  }>();
  readonly #options: UploadColumnsOptions;

  constructor(options: UploadColumnsOptions) {
    this.#options = options;
  }

  find(isAsked: (column: Column) => boolean): ServedColumn[] {
    const { versionId, encoder } = this.#options;
    const { geometry } = encoder;
    if (!geometry) return [];
    const found: ServedColumn[] = [];
    for (let group = 0; group < geometry.groupCount; group++) {
      for (let index = 0; index < geometry.n; index++) {
        const column = { versionId, group, index };
        if (isAsked(column) && geometry.columnBytes(group, index) > 0) found.push(this.#served(column, geometry));
      }
    }
    return found;
  }

  #served(column: Column, geometry: StripeGeometry): ServedColumn {
    const { given } = this.#options;
    const { group, index } = column;
    const contentId = given.contentIdOf(column) ?? null;
    return {
      column,
      entry: columnEntry({ column, sizeBytes: geometry.columnBytes(group, index), contentId }),
      source: { read: (chunk) => this.#read(column, chunk, geometry) },
      hashes: async () => given.hashesOf(column),
    };
  }

  async #read(column: Column, chunk: number, geometry: StripeGeometry): Promise<Uint8Array> {
    const { encoder, given } = this.#options;
    const { group, index } = column;
    try {
      const shard = await encoder.shard(geometry.stripesOf(group).first + chunk, index);
      if (given.contentIdOf(column) === undefined) {
        const chunkCount = geometry.columnShards(group, index).length;
        if (await given.note(column, { chunk, chunkCount, hash: await hashChunk(shard) }))
          this.events.emit('given', undefined);
      }
      this.events.emit('served', shard.length);
      return shard;
    } catch (error) {
      this.events.emit('failed', error);
      throw error;
    }
  }
}
