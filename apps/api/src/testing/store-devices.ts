// Devices that upload to the Store and keep columns for others, in tests of the server: they ask and tell what browsers do, and
// have no bytes.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { BeginVersion, Column, Duty, KnownColumn, UploadState } from '@ferry/shared';
import { CompactSign } from 'jose';
import { vi } from 'vitest';
import { columnSizeBytes } from '../store/column-size.ts';
import { chunksOfGroup } from '../store/stored-size.ts';
import { type MadeKeys, tellKeys } from './device-keys.ts';
import type { TestBrowser, TestServer } from './test-server.ts';

export const MIB = 1024 * 1024;
export const GIB = 1024 * MIB;
/** A busy machine takes a while. */
const SOON_MS = 15_000;

type KeepDuty = Extract<Duty, { type: 'keep' }>;

/** Any 32 bytes are a content id; only browsers hash columns. */
export function columnContent({ versionId, group, index }: Column): string {
  return createHash('sha256').update(`${versionId} ${group} ${index}`).digest('base64url');
}

/** A version that its device has begun. */
export class TestUpload {
  readonly browser: TestBrowser;
  readonly begun: BeginVersion;

  constructor(browser: TestBrowser, sizeBytes: number, more: Partial<BeginVersion> = {}) {
    this.browser = browser;
    const key = randomBytes(32).toString('base64url');
    const content = { type: 'file' as const, name: 'plan.pdf', mediaType: '', modifiedMs: 1, key };
    const { deviceId } = browser;
    this.begun = { deviceId, versionId: randomUUID(), sizeBytes, expiresAt: null, content, ...more };
  }

  get versionId(): string {
    return this.begun.versionId;
  }

  begin(): Promise<UploadState> {
    return this.browser.http.store.begin.mutate(this.begun);
  }

  state(): Promise<UploadState> {
    return this.browser.http.store.upload.query({ versionId: this.versionId });
  }

  /** Resolves once somebody is there who could keep it. */
  async code(): Promise<{ k: number; n: number }> {
    return vi.waitFor(async () => {
      const { code } = await this.state();
      if (!code) throw new Error('Nobody could keep it yet.');
      return code;
    }, SOON_MS);
  }

  async tag(group: number): Promise<void> {
    const { k } = await this.code();
    const tags = Buffer.alloc(16 * chunksOfGroup(this.begun.sizeBytes, k, group), group).toString('base64url');
    await this.browser.http.store.tags.mutate({ versionId: this.versionId, group, tags });
  }

  async known(column: Column, contentId = columnContent(column)): Promise<KnownColumn> {
    const { k } = await this.code();
    const { sizeBytes } = this.begun;
    return { ...column, contentId, sizeBytes: columnSizeBytes({ sizeBytes, k }, column.group, column.index) };
  }

  async confirm(...columns: KnownColumn[]): Promise<void> {
    await this.browser.http.store.confirm.mutate({ deviceId: this.browser.deviceId, columns });
  }

  /** Says what all columns of some groups are. */
  async confirmAll(groupCount: number): Promise<void> {
    const { n } = await this.code();
    for (let group = 0; group < groupCount; group++) {
      await this.tag(group);
      const { versionId } = this;
      const columns = Array.from({ length: n }, (_, index) => this.known({ versionId, group, index }));
      const known = (await Promise.all(columns)).filter(({ sizeBytes }) => sizeBytes > 0);
      await this.confirm(...known);
    }
  }
}

/** A device that offers room, online from the start. */
export class TestHolder {
  readonly browser: TestBrowser;
  readonly #keys: MadeKeys;

  private constructor(browser: TestBrowser, keys: MadeKeys) {
    this.browser = browser;
    this.#keys = keys;
  }

  static async start(browser: TestBrowser, offeredBytes = 10 * GIB): Promise<TestHolder> {
    const holder = new TestHolder(browser, await tellKeys(browser));
    await holder.offer(offeredBytes);
    await browser.openInbox().started;
    return holder;
  }

  get deviceId(): string {
    return this.browser.deviceId;
  }

  /** The same device, where the server is now. */
  at(browser: TestBrowser): TestHolder {
    return new TestHolder(browser, this.#keys);
  }

  async offer(offeredBytes: number): Promise<void> {
    const { deviceId } = this;
    const offer = { deviceId, offeredBytes, usedBytes: 0, freeBytes: 100 * GIB, isAlwaysOn: false };
    await this.browser.http.store.offer.mutate(offer);
  }

  duties(): Promise<Duty[]> {
    return this.browser.http.store.duties.query({ deviceId: this.deviceId });
  }

  async toKeep(): Promise<KeepDuty[]> {
    return (await this.duties()).filter((duty) => duty.type === 'keep');
  }

  async toRelease(): Promise<Column[]> {
    return (await this.duties()).filter((duty) => duty.type === 'release').map(({ column }) => column);
  }

  /** Resolves once there is something to keep. */
  asked(): Promise<KeepDuty[]> {
    return vi.waitFor(async () => {
      const duties = await this.toKeep();
      if (duties.length === 0) throw new Error('Nobody asks for anything.');
      return duties;
    }, SOON_MS);
  }

  /** @param content what it is, when it is not what it should be */
  receipt(duty: KeepDuty, content = columnContent(duty.column), claims: object = {}): Promise<string> {
    const { versionId: version, group, index } = duty.column;
    const iat = Math.floor(Date.now() / 1000);
    const payload = { iss: this.deviceId, iat, version, group, index, content, size: duty.sizeBytes, ...claims };
    return new CompactSign(Buffer.from(JSON.stringify(payload)))
      .setProtectedHeader({ alg: 'ES256' })
      .sign(this.#keys.signingKey);
  }

  async say(...receipts: string[]): Promise<void> {
    await this.browser.http.store.held.mutate({ deviceId: this.deviceId, receipts });
  }

  /** Keeps everything that it is asked for now. @returns what that is */
  async keep(): Promise<Column[]> {
    const duties = await this.toKeep();
    if (duties.length > 0) await this.say(...(await Promise.all(duties.map((duty) => this.receipt(duty)))));
    return duties.map(({ column }) => column);
  }

  /** Says what it has, in pages of so many. */
  async tell(columns: Column[], pageSize = 500): Promise<void> {
    const inventoryId = randomUUID();
    const pages = Math.max(1, Math.ceil(columns.length / pageSize));
    for (let page = 0; page < pages; page++) {
      const onPage = columns.slice(page * pageSize, (page + 1) * pageSize);
      const isLast = page === pages - 1;
      const { deviceId } = this;
      await this.browser.http.store.inventory.mutate({ deviceId, inventoryId, page, columns: onPage, isLast });
    }
  }
}

/** So many people, each with a device that offers room. */
export function testHolders(server: TestServer, count: number, name = 'holder'): Promise<TestHolder[]> {
  const start = async (at: number) => TestHolder.start(await server.user(`${name}-${at}`));
  return Promise.all(Array.from({ length: count }, (_, at) => start(at)));
}

/** All of them keep what they are asked for, until the upload is safe. */
export async function spread(upload: TestUpload, holders: readonly TestHolder[]): Promise<UploadState> {
  return vi.waitFor(async () => {
    await Promise.all(holders.map((holder) => holder.keep()));
    const state = await upload.state();
    if (!state.isSafe) throw new Error(`${state.missingOwners} people are missing.`);
    return state;
  }, SOON_MS);
}
