// A browser that uploads, and a server that notes what it is told: real records in IndexedDB, real ciphers and codes. Time
// passes by hand. For tests.
import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import type { BeginVersion, Column, ConfirmColumns, GroupTags, StoreCode, UploadState } from '@ferry/shared';
import { columnKey } from '@ferry/store-holder';
import { loadKernel } from '@ferry/webrtc-core/erasure';
import { ManualClock, seededRandom } from '@ferry/webrtc-core/testing';
import type { StoreUpload } from '../../adapters/store-contract.ts';
import { Refusal } from '../refusal.ts';
import { ServerEvents } from './server-events.ts';
import { openStoreDatabase, type StoreDatabase } from './store-database.ts';
import type { UploadServer } from './store-server.ts';
import { Uploads } from './uploads.ts';

const STEP_MS = 50;
const LONGEST_MS = 30 * 60_000;

export class NotingServer implements UploadServer {
  code: StoreCode | null = { k: 2, n: 4 };
  refusal: Refusal['code'] | undefined;
  /** Why columns of a version are not confirmed. */
  readonly refusing = new Map<string, Refusal['code']>();
  /** Versions that enough people keep. */
  readonly safe = new Set<string>();
  readonly gone = new Set<string>();
  readonly begun = new Map<string, BeginVersion>();
  readonly toldTags: GroupTags[] = [];
  readonly confirmed = new Map<string, ConfirmColumns['columns'][number]>();
  readonly calls: string[] = [];

  begin: UploadServer['begin'] = async (version) => {
    this.#answer(`begin ${version.versionId}`);
    this.begun.set(version.versionId, version);
  };

  putSealed: UploadServer['putSealed'] = async ({ page }) => this.#answer(`sealed ${page}`);

  tags: UploadServer['tags'] = async (tags) => {
    this.#answer(`tags ${tags.group}`);
    this.toldTags.push(tags);
  };

  confirm: UploadServer['confirm'] = async ({ columns }) => {
    this.#answer('confirm');
    for (const column of columns) {
      const refusal = this.refusing.get(column.versionId);
      if (refusal) throw new Refusal(refusal);
      if (!this.toldTags.some(({ group }) => group === column.group)) throw new Refusal('invalid');
      this.confirmed.set(columnKey(column), column);
    }
  };

  upload: UploadServer['upload'] = async ({ versionId }): Promise<UploadState> => {
    this.#answer(`upload ${versionId}`);
    const isUnknown = !this.begun.has(versionId);
    const isSafe = this.safe.has(versionId);
    const people = { spread: isSafe ? 1 : 0.5, ownerCount: 2, missingOwners: isSafe ? 0 : 1 };
    const taggedGroups = this.toldTags.filter((told) => told.versionId === versionId).map(({ group }) => group);
    return {
      versionId,
      code: this.code,
      groupCount: 1,
      taggedGroups,
      isSafe,
      ...people,
      isGone: this.gone.has(versionId),
      isUnknown,
    };
  };

  /** As after a loss of power, or with an older backup. */
  lose(): void {
    this.begun.clear();
    this.confirmed.clear();
    this.toldTags.length = 0;
    this.safe.clear();
  }

  #answer(call: string): void {
    if (this.refusal) throw new Refusal(this.refusal);
    this.calls.push(call);
  }
}

export class UploadsGround {
  readonly server: NotingServer;
  readonly clock = new ManualClock();
  readonly events = new ServerEvents();
  /** What is given to nobody now, and why. */
  readonly paused = new Map<string, string>();
  readonly withdrawn = new Set<string>();
  readonly uploads: Uploads;
  readonly database: StoreDatabase;
  readonly #userId: string;

  private constructor(userId: string, database: StoreDatabase, server: NotingServer) {
    this.#userId = userId;
    this.database = database;
    this.server = server;
    const { clock, events } = this;
    const touch = () => {};
    const shared = { database, server, clock, touch, random: () => 0.5, kernel: loadKernel, events: events.events };
    this.uploads = new Uploads({ ...shared, deviceId: randomUUID() });
    this.uploads.serving = {
      pause: (versionId, reason) => this.paused.set(versionId, reason),
      resume: (versionId) => this.paused.delete(versionId),
      withdrawVersion: (versionId) => this.withdrawn.add(versionId),
    };
  }

  static async start(userId: string = randomUUID(), server = new NotingServer()): Promise<UploadsGround> {
    const ground = new UploadsGround(userId, await openStoreDatabase(userId), server);
    await ground.uploads.restore();
    return ground;
  }

  /** With what is on the disk and nothing else. */
  restarted(): Promise<UploadsGround> {
    return UploadsGround.start(this.#userId, this.server);
  }

  async add(...files: File[]): Promise<string[]> {
    const picked = files.map((file) => ({ path: [file.name], file }));
    return this.uploads.add({ files: picked, handles: [], expiresAt: null });
  }

  /** One whose code is known. */
  async spreading(file: File): Promise<string> {
    const [versionId] = await this.add(file);
    await this.until(() => this.snapshot(versionId!)!.ownerCount > 0);
    return versionId!;
  }

  snapshot(versionId: string): StoreUpload | undefined {
    return this.uploads.snapshots().find((upload) => upload.versionId === versionId);
  }

  /** All chunks of a column, as whoever is to keep it reads them. */
  async column(versionId: string, group: number, index: number): Promise<Uint8Array[]> {
    const isAsked = (column: Column) => column.group === group && column.index === index;
    const [served] = await this.uploads.find(versionId, isAsked);
    const chunkCount = Math.ceil(served!.entry.sizeBytes / 2 ** 20);
    const chunks: Uint8Array[] = [];
    for (let chunk = 0; chunk < chunkCount; chunk++) chunks.push(await served!.source.read(chunk));
    return chunks;
  }

  async until(happened: () => boolean): Promise<void> {
    const endMs = this.clock.now() + LONGEST_MS;
    while (!happened()) {
      if (this.clock.now() > endMs) throw new Error(`It did not happen: ${happened}`);
      await this.#step();
    }
  }

  async pass(ms: number): Promise<void> {
    const endMs = this.clock.now() + ms;
    while (this.clock.now() < endMs) await this.#step();
  }

  async #step(): Promise<void> {
    // Databases and ciphers take real time: a little of it passes with every step.
    await new Promise((resolve) => setTimeout(resolve));
    await this.clock.settle();
    this.clock.advance(STEP_MS);
  }
}

export function randomFile(name: string, sizeBytes: number, { seed = 1, lastModified = 1_700_000_000_000 } = {}): File {
  return new File([seededRandom(seed).bytes(sizeBytes) as Uint8Array<ArrayBuffer>], name, { lastModified });
}
