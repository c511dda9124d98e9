// Devices that keep columns, and one that uploads them, on a simulated network: real exchanges, real signatures, chunks in
// memory. Their disks survive them. For tests.
import type { Column, RepairColumn, StoreCode } from '@ferry/shared';
import { CHUNK_BYTES, Exchange, hashChunk, MemoryStores, merkleRoot } from '@ferry/webrtc-core';
import {
  ChunkTags,
  generateStripeKey,
  loadKernel,
  StripeCipher,
  StripeEncoder,
  StripeGeometry,
} from '@ferry/webrtc-core/erasure';
import { type Faults, ManualClock, SimulatedNetwork, seededRandom } from '@ferry/webrtc-core/testing';
import { base64url } from 'jose';
import { columnKey } from './column-key.ts';
import { columnEntry, columnLayout } from './column-manifest.ts';
import type { ColumnRecord, ColumnRecords } from './column-records.ts';
import { makeDeviceKeys } from './device-keys.ts';
import { DeviceSigner } from './device-signer.ts';
import { TestingServer } from './holder.testing-server.ts';
import { Holder } from './holder.ts';
import type { ServedColumn, ServedColumns } from './served-column.ts';

export const VERSION = '5c0d5f0a-6d9e-4a0b-8a53-9a0f3f1c2d02';
export const OTHER_VERSION = '6c0d5f0a-6d9e-4a0b-8a53-9a0f3f1c2d03';
export const UPLOADER = '00000000-0000-4000-8000-000000000001';
const GIB = 1024 ** 3;
/** Of the clock's time, between two looks at whether something has happened: longer the longer nothing does. */
const LEAST_STEP_MS = 20;
const MOST_STEP_MS = 250;
const LONGEST_MS = 30 * 60_000;

export const columnOf = (group: number, index: number, versionId = VERSION): Column => ({ versionId, group, index });
export const deviceId = (number: number) => `00000000-0000-4000-8000-0000000001${String(number).padStart(2, '0')}`;

/** What a crashed program leaves behind. */
export class Disk implements ColumnRecords {
  stores = new MemoryStores();
  records = new Map<string, ColumnRecord>();
  freeBytes = GIB;
  /** Nothing can be written any more, as if the program were dead. */
  isDead = false;

  all = async () => [...this.records.values()];
  put = async (record: ColumnRecord) => {
    if (!this.isDead) this.records.set(columnKey(record.column), record);
  };
  remove = async (column: Column) => {
    if (!this.isDead) this.records.delete(columnKey(column));
  };
}

export interface HoldingDevice {
  deviceId: string;
  holder: Holder;
  exchange: Exchange;
  disk: Disk;
}

/** Columns with random bytes, as their uploader has them: content ids are not known beforehand. */
export class UploadedColumns implements ServedColumns {
  readonly columns = new Map<string, { column: Column; bytes: Uint8Array; contentId: string }>();

  async add(column: Column, sizeBytes: number, seed = 1): Promise<string> {
    return this.#put(column, seededRandom(seed + column.group * 100 + column.index).bytes(sizeBytes));
  }

  async #put(column: Column, bytes: Uint8Array): Promise<string> {
    const hashes = await Promise.all(chunksOf(bytes).map(hashChunk));
    const contentId = base64url.encode(merkleRoot(hashes));
    this.columns.set(columnKey(column), { column, bytes, contentId });
    return contentId;
  }

  /** All columns of a group of a version of so many bytes, as a code makes them. */
  async addGroup(versionBytes: number, code: StoreCode): Promise<RepairColumn[]> {
    const geometry = new StripeGeometry({ sizeBytes: versionBytes, ...code });
    const bytes = seededRandom(1).bytes(versionBytes);
    const encoder = new StripeEncoder({
      ...{ geometry, kernel: await loadKernel(), tags: new ChunkTags(geometry.chunkCount), record: async () => {} },
      cipher: new StripeCipher(await generateStripeKey(), VERSION),
      read: async (chunk) => bytes.slice(chunk * CHUNK_BYTES, (chunk + 1) * CHUNK_BYTES),
    });
    const columns: RepairColumn[] = [];
    for (let index = 0; index < code.n; index++) {
      const shards: Uint8Array[] = [];
      for (let stripe = 0; stripe < geometry.stripeCount; stripe++) shards.push(await encoder.shard(stripe, index));
      const joined = new Uint8Array(await new Blob(shards as Uint8Array<ArrayBuffer>[]).arrayBuffer());
      const contentId = await this.#put(columnOf(0, index), joined);
      columns.push({ index, contentId, sizeBytes: joined.length });
    }
    return columns;
  }

  find: ServedColumns['find'] = async (versionId, isAsked) => {
    const found = [...this.columns.values()].filter(({ column }) => column.versionId === versionId && isAsked(column));
    return found.map(({ column, bytes }): ServedColumn => {
      const entry = columnEntry({ column, sizeBytes: bytes.length, contentId: null });
      const read = async (chunk: number) => chunksOf(bytes)[chunk]!.slice();
      return { column, entry, source: { read }, hashes: async () => undefined };
    });
  };
}

function chunksOf(bytes: Uint8Array): Uint8Array[] {
  const count = Math.ceil(bytes.length / CHUNK_BYTES);
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * CHUNK_BYTES, (at + 1) * CHUNK_BYTES));
}

export class HolderGround {
  readonly clock = new ManualClock();
  readonly network: SimulatedNetwork;
  readonly server: TestingServer;
  readonly uploaded = new UploadedColumns();
  uploader!: HoldingDevice;

  private constructor(server: TestingServer, faults: Faults & { seed?: number }) {
    this.server = server;
    this.network = new SimulatedNetwork({ seed: 1, clock: this.clock, ...faults });
  }

  /** With a device that uploads. */
  static async start(faults: Faults & { seed?: number } = {}): Promise<HolderGround> {
    const ground = new HolderGround(await TestingServer.start(), faults);
    ground.uploader = await ground.join(UPLOADER, { alsoServed: [ground.uploaded], offeredBytes: 0 });
    return ground;
  }

  async join(
    id: string,
    {
      disk = new Disk(),
      offeredBytes = GIB,
      alsoServed = [],
      server = this.server.for(id),
    }: {
      disk?: Disk;
      offeredBytes?: number;
      alsoServed?: ServedColumns[];
      server?: ReturnType<TestingServer['for']>;
    } = {},
  ): Promise<HoldingDevice> {
    const exchange = new Exchange({
      connector: this.network.join(id),
      stores: new MemoryStores(),
      clock: this.clock,
    });
    const signer = await DeviceSigner.for(id, await makeDeviceKeys());
    const holder = await Holder.open({
      ...{ exchange, server, records: disk, stores: disk.stores, signer, offeredBytes, alsoServed },
      ...{ freeBytes: async () => disk.freeBytes, isAlwaysOn: false, clock: this.clock, random: () => 0.5 },
    });
    exchange.events.on('asked', (asked) => holder.asked(asked) || asked.refuse('not-found'));
    this.server.online.add(id);
    holder.start();
    return { deviceId: id, holder, exchange, disk };
  }

  /** As after a crash: what was not durable then is not there. */
  async restart(device: HoldingDevice): Promise<HoldingDevice> {
    const disk = new Disk();
    disk.stores = device.disk.stores.copy();
    disk.records = new Map(device.disk.records);
    device.disk.isDead = true;
    device.exchange.close();
    return this.join(device.deviceId, { disk });
  }

  /** A column that the uploader has and this device is to keep. */
  async upload(column: Column, sizeBytes: number, ...keepers: HoldingDevice[]): Promise<string> {
    const contentId = await this.uploaded.add(column, sizeBytes);
    for (const { deviceId: id } of keepers) this.server.assign(id, column, { sizeBytes, from: [UPLOADER] });
    return contentId;
  }

  async until(happened: () => boolean, what = String(happened)): Promise<void> {
    const endMs = this.clock.now() + LONGEST_MS;
    for (let stepMs = LEAST_STEP_MS; !happened(); stepMs = longer(stepMs)) {
      if (this.clock.now() > endMs) throw new Error(`It did not happen: ${what}`);
      await this.#step(stepMs);
    }
  }

  /** From now on this device gives so much a second, and what is fetched can be looked at meanwhile. */
  slowDown(device: HoldingDevice, bytesPerSecond = CHUNK_BYTES): void {
    device.exchange.rates.serve.bytesPerSecond = bytesPerSecond;
  }

  async pass(ms: number): Promise<void> {
    const endMs = this.clock.now() + ms;
    for (let stepMs = LEAST_STEP_MS; this.clock.now() < endMs; stepMs = longer(stepMs)) {
      await this.#step(Math.min(stepMs, endMs - this.clock.now()));
    }
  }

  isHeld(device: Pick<HoldingDevice, 'deviceId'>, column: Column): boolean {
    return this.server.placeOf(device.deviceId, column)?.state === 'held';
  }

  /** So that every column of it is with another one of these devices, the first ones first. */
  async spread(columns: readonly RepairColumn[], devices: readonly HoldingDevice[]): Promise<void> {
    const pairs = devices.map((device, at) => [device, columns[at]!] as const);
    for (const [device, { index, sizeBytes }] of pairs) {
      this.server.assign(device.deviceId, columnOf(0, index), { sizeBytes, from: [UPLOADER] });
    }
    await this.until(() => pairs.every(([device, { index }]) => this.isHeld(device, columnOf(0, index))));
  }

  /** Whether a device has a column as it was uploaded, byte for byte. */
  async isWhole({ disk }: Pick<HoldingDevice, 'disk'>, column: Column): Promise<boolean> {
    const { bytes } = this.uploaded.columns.get(columnKey(column))!;
    if (!(await disk.stores.list()).includes(columnKey(column))) return false;
    const layout = columnLayout({ column, sizeBytes: bytes.length, contentId: null });
    const store = await disk.stores.open(columnKey(column), layout);
    for (const [chunk, expected] of chunksOf(bytes).entries()) {
      if (!store.have.has(chunk)) return false;
      const found = await store.read(chunk);
      if (!found.every((byte, at) => byte === expected[at])) return false;
    }
    return true;
  }

  async #step(ms: number): Promise<void> {
    // Hashing and signing take real time: a little of it passes with every step.
    await new Promise((resolve) => setTimeout(resolve));
    await this.clock.settle();
    this.clock.advance(ms);
  }
}

/** In whole milliseconds: what is a fraction of one away may never come. */
function longer(stepMs: number): number {
  return Math.min(MOST_STEP_MS, stepMs + 1);
}
