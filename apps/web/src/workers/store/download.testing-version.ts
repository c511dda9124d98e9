// A version that is stored, for tests of downloads: its bytes, its columns as holders give them, and what the server knows of
// it. Encoded for real; kept in memory.
import type { OpenedVersion, StoreGroupPage } from '@ferry/shared';
import type { ServedColumn } from '@ferry/store-holder';
import { CHUNK_BYTES, entryBundle, hashChunk, merkleRoot } from '@ferry/webrtc-core';
import {
  ChunkTags,
  exportStripeKey,
  generateStripeKey,
  loadKernel,
  STRIPES_PER_GROUP,
  StripeCipher,
  StripeEncoder,
  StripeGeometry,
} from '@ferry/webrtc-core/erasure';
import { contentIdText } from '../catalog/content-id-text.ts';

interface TestingColumn {
  group: number;
  index: number;
  contentId: Uint8Array;
  sizeBytes: number;
  hashes: Uint8Array;
  shards: Uint8Array[];
}

export class TestingVersion {
  readonly versionId: string;
  readonly bytes: Uint8Array;
  readonly geometry: StripeGeometry;
  readonly columns: readonly TestingColumn[];
  /** Null for what only its recipient can open. */
  readonly key: string | null;
  readonly #tags: ChunkTags;

  private constructor(
    bytes: Uint8Array,
    geometry: StripeGeometry,
    tags: ChunkTags,
    { versionId, key }: Pick<TestingVersion, 'versionId' | 'key'>,
  ) {
    this.versionId = versionId;
    this.bytes = bytes;
    this.geometry = geometry;
    this.key = key;
    this.#tags = tags;
    this.columns = [];
  }

  /** @param delivery of something that is for one person */
  static async store(
    bytes: Uint8Array,
    { k, n }: { k: number; n: number },
    delivery?: { versionId: string; key: CryptoKey },
  ): Promise<TestingVersion> {
    const geometry = new StripeGeometry({ sizeBytes: bytes.length, k, n });
    const key = delivery?.key ?? (await generateStripeKey());
    const told = delivery ? null : contentIdText(await exportStripeKey(key));
    const versionId = delivery?.versionId ?? crypto.randomUUID();
    const tags = new ChunkTags(geometry.chunkCount);
    const version = new TestingVersion(bytes, geometry, tags, { versionId, key: told });
    const encoder = new StripeEncoder({
      ...{ geometry, tags, kernel: await loadKernel(), cipher: new StripeCipher(key, version.versionId) },
      read: async (chunk) => bytes.slice(chunk * CHUNK_BYTES, (chunk + 1) * CHUNK_BYTES),
      record: async () => {},
    });
    const columns = version.columns as TestingColumn[];
    for (let group = 0; group < geometry.groupCount; group++) {
      for (let index = 0; index < n; index++) columns.push(await columnOf(encoder, geometry, group, index));
    }
    return version;
  }

  /** As a holder gives those of these indexes. */
  bundleOf(indexes: readonly number[], lying?: { isWrong: boolean }) {
    return entryBundle(this.files(indexes, lying));
  }

  files(indexes: readonly number[], { isWrong } = { isWrong: false }): ServedColumn[] {
    const found = this.columns.filter(({ index, sizeBytes }) => indexes.includes(index) && sizeBytes > 0);
    return found.map(({ group, index, contentId, sizeBytes, shards, hashes }) => ({
      column: { versionId: this.versionId, group, index },
      entry: {
        path: [`${this.versionId}-${group}-${index}`],
        ...{ sizeBytes, modifiedMs: 0, mediaType: '', contentId },
      },
      source: { read: async (chunk) => (isWrong ? shards[chunk]!.map((byte) => byte ^ 1) : shards[chunk]!.slice()) },
      hashes: hashesOf(hashes, { isWrong }),
    }));
  }

  groups(firstGroup: number, isKnown: (index: number) => boolean): StoreGroupPage {
    const { geometry } = this;
    const groups = Array.from({ length: Math.min(1, geometry.groupCount - firstGroup) }, (_, at) => {
      const group = firstGroup + at;
      const first = group * STRIPES_PER_GROUP * geometry.k;
      const count = Math.min(geometry.chunkCount - first, STRIPES_PER_GROUP * geometry.k);
      const columns = this.columns
        .filter((column) => column.group === group && column.sizeBytes > 0 && isKnown(column.index))
        .map(({ index, contentId, sizeBytes }) => ({ index, contentId: contentIdText(contentId), sizeBytes }));
      return { group, tags: contentIdText(this.#tags.getRun({ first, count })!), columns };
    });
    return { groups };
  }

  opened(grants: OpenedVersion['grants']): OpenedVersion {
    const { versionId, key, geometry } = this;
    const { k, n, sizeBytes, groupCount } = geometry;
    return { versionId, key, code: { k, n }, sizeBytes, groupCount, grants, expiresAt: 0 };
  }
}

/** An honest engine looks at what it gives: one that lies tells them once, and then not to itself. */
function hashesOf(hashes: Uint8Array, { isWrong }: { isWrong: boolean }): () => Promise<Uint8Array | undefined> {
  let isTold = false;
  return async () => {
    if (isTold && isWrong) return undefined;
    isTold = true;
    return hashes;
  };
}

async function columnOf(
  encoder: StripeEncoder,
  geometry: StripeGeometry,
  group: number,
  index: number,
): Promise<TestingColumn> {
  const { first } = geometry.stripesOf(group);
  const lengths = geometry.columnShards(group, index);
  const shards = await Promise.all(
    lengths.map(async (_, at) => Uint8Array.from(await encoder.shard(first + at, index))),
  );
  const hashes = await Promise.all(shards.map(hashChunk));
  const sizeBytes = geometry.columnBytes(group, index);
  const joined = new Uint8Array(hashes.flatMap((hash) => [...hash]));
  return { group, index, contentId: merkleRoot(hashes), sizeBytes, hashes: joined, shards };
}
