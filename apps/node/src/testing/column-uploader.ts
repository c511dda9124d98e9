// Somebody who puts a version into the Store, for tests of who keeps it: the server, the connections and the receipts are
// real, the columns are any bytes. Knows no code and no cipher.
import { randomBytes, randomUUID } from 'node:crypto';
import type { Column, UploadState } from '@ferry/shared';
import {
  type ColumnRecords,
  columnKey,
  DeviceSigner,
  Holder,
  makeDeviceKeys,
  type ServedColumn,
} from '@ferry/store-holder';
import { CHUNK_BYTES, hashChunk, type Manifest, MemoryStores, merkleRoot } from '@ferry/webrtc-core';
import { nodeHolderServer } from '../server/node-holder-server.ts';
import type { EnginePeer } from './engine-peer.ts';

/** Nothing is kept by whoever only uploads. */
const NO_RECORDS: ColumnRecords = {
  all: async () => [],
  put: async () => {},
  remove: async () => {},
};

export class ColumnUploader {
  readonly versionId = randomUUID();
  readonly #peer: EnginePeer;
  readonly #sizeBytes: number;
  readonly #columns = new Map<string, Buffer>();
  #holder: Holder | undefined;

  /** Of one group, small enough to be in memory. */
  constructor(peer: EnginePeer, sizeBytes: number) {
    this.#peer = peer;
    this.#sizeBytes = sizeBytes;
  }

  /** From now on whoever has leave gets columns from here. */
  async begin(): Promise<void> {
    const { exchange, api, deviceId } = this.#peer;
    const holder = await Holder.open({
      ...{ exchange, records: NO_RECORDS, stores: new MemoryStores(), offeredBytes: 0, isAlwaysOn: false },
      server: nodeHolderServer(api, { signal: new AbortController().signal, onError: () => {} }),
      signer: await DeviceSigner.for(deviceId, await makeDeviceKeys()),
      freeBytes: async () => 0,
      alsoServed: [{ find: async (_, isAsked) => this.#served().filter(({ column }) => isAsked(column)) }],
    });
    exchange.events.on('asked', (asked) => holder.asked(asked) || asked.refuse('not-found'));
    holder.start();
    this.#holder = holder;
    const content = { type: 'file' as const, name: 'plan.pdf', mediaType: '', modifiedMs: 1 };
    await api.store.begin.mutate({
      ...{ deviceId, versionId: this.versionId, sizeBytes: this.#sizeBytes, expiresAt: null },
      content: { ...content, key: randomBytes(32).toString('base64url') },
    });
  }

  state(): Promise<UploadState> {
    return this.#peer.api.store.upload.query({ versionId: this.versionId });
  }

  /** Says what every column is, once there is a code. */
  async confirm(): Promise<void> {
    const { api, deviceId } = this.#peer;
    const { code } = await this.state();
    if (code?.k !== 1) throw new Error(`Columns are copies as long as few are there; ${JSON.stringify(code)}`);
    const { versionId } = this;
    for (let index = 0; index < code.n; index++) {
      this.#columns.set(columnKey({ versionId, group: 0, index }), randomBytes(this.#sizeBytes));
    }
    const tags = Buffer.alloc(16 * Math.ceil(this.#sizeBytes / CHUNK_BYTES)).toString('base64url');
    await api.store.tags.mutate({ versionId, group: 0, tags });
    const columns = Array.from({ length: code.n }, async (_, index) => {
      const column = { versionId, group: 0, index };
      return { ...column, contentId: await this.contentId(column), sizeBytes: this.#sizeBytes };
    });
    await api.store.confirm.mutate({ deviceId, columns: await Promise.all(columns) });
  }

  /** To everybody together. */
  get servedBytes(): number {
    return this.#holder?.snapshot().servedBytes ?? 0;
  }

  contents(column: Column): Buffer {
    return this.#columns.get(columnKey(column))!;
  }

  async contentId(column: Column): Promise<string> {
    const hashes = await Promise.all(chunksOf(this.contents(column)).map(hashChunk));
    return Buffer.from(merkleRoot(hashes)).toString('base64url');
  }

  /** As whoever fetches it must know it. */
  async manifest(column: Column): Promise<Manifest> {
    const contentId = Uint8Array.from(Buffer.from(await this.contentId(column), 'base64url'));
    return { entries: [{ ...this.#entry(columnKey(column)), contentId }] };
  }

  #served(): ServedColumn[] {
    return [...this.#columns].map(([key, bytes]): ServedColumn => {
      const [, group, index] = /-(\d+)-(\d+)$/.exec(key)!;
      return {
        column: { versionId: this.versionId, group: Number(group), index: Number(index) },
        entry: this.#entry(key),
        source: { read: async (chunk) => Uint8Array.from(chunksOf(bytes)[chunk]!) },
        hashes: async () => undefined,
      };
    });
  }

  #entry(key: string) {
    return { path: [key], sizeBytes: this.#sizeBytes, modifiedMs: 0, mediaType: '' };
  }
}

function chunksOf(bytes: Buffer): Buffer[] {
  const count = Math.ceil(bytes.length / CHUNK_BYTES);
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * CHUNK_BYTES, (at + 1) * CHUNK_BYTES));
}
