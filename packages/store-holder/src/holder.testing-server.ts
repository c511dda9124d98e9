// The server's part in the life of a column, in memory, for tests: who uploads what, who is to keep it, and what they said.
// It signs real capabilities and checks real receipts; it decides nothing by itself. Knows no HTTP.
import {
  type AuditVerdict,
  type CapabilityKey,
  type Column,
  type ColumnRun,
  type DeviceKeys,
  type Duty,
  type ReceiptClaims,
  receiptClaimsSchema,
  type SpaceOffer,
  type StoreGrant,
} from '@ferry/shared';
import { compactVerify, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import { columnKey } from './column-key.ts';
import type { HolderServer } from './holder-server.ts';

export const USER = '7f3b9d1c-8e6a-4f2d-9c1b-2a4e6f8d0b04';

interface Place {
  column: Column;
  sizeBytes: number;
  contentId: string | null;
  /** Whom it is fetched from. */
  from: readonly string[];
  state: 'assigned' | 'held' | 'missing' | 'released';
}

export class TestingServer {
  readonly online = new Set<string>();
  readonly keys = new Map<string, DeviceKeys>();
  readonly offers = new Map<string, SpaceOffer[]>();
  /** Of each device, by column. */
  readonly places = new Map<string, Map<string, Place>>();
  readonly receipts: ReceiptClaims[] = [];
  readonly inventories: { deviceId: string; columns: Column[] }[] = [];
  /** Of each device, beside those that its places make. */
  readonly duties = new Map<string, Duty[]>();
  /** Columns that somebody said got on, each time. */
  readonly moving: Column[] = [];
  readonly verdicts = new Map<string, AuditVerdict>();
  /** What was made, by whom. */
  readonly repaired: { deviceId: string; group: number; token: number; indexes: number[] }[] = [];
  isReachable = true;
  /** Receipts reach it, and its answers are lost. */
  losesAnswers = false;
  readonly calls: string[] = [];
  readonly #capabilityKeys: CryptoKeyPair;
  readonly #watchers = new Map<string, Set<(event: { type: 'duties' | 'connected' }) => void>>();
  #pages: Column[] = [];

  private constructor(capabilityKeys: CryptoKeyPair) {
    this.#capabilityKeys = capabilityKeys;
  }

  static async start(): Promise<TestingServer> {
    return new TestingServer((await generateKeyPair('ES256', { extractable: true })) as CryptoKeyPair);
  }

  /** @param options whom it is fetched from, and what is known of it */
  assign(deviceId: string, column: Column, place: Pick<Place, 'sizeBytes' | 'from'> & { contentId?: string }): void {
    const { contentId = null, ...rest } = place;
    this.#placesOf(deviceId).set(columnKey(column), { column, contentId, ...rest, state: 'assigned' });
    this.nudge(deviceId);
  }

  release(deviceId: string, column: Column): void {
    this.placeOf(deviceId, column)!.state = 'released';
    this.nudge(deviceId);
  }

  placeOf(deviceId: string, column: Column): Place | undefined {
    return this.#placesOf(deviceId).get(columnKey(column));
  }

  nudge(deviceId: string): void {
    for (const tell of this.#watchers.get(deviceId) ?? []) tell({ type: 'duties' });
  }

  reconnect(deviceId: string): void {
    for (const tell of this.#watchers.get(deviceId) ?? []) tell({ type: 'connected' });
  }

  /** Leave for one device to fetch from another, for this long. */
  async capability(
    device: string,
    aud: string,
    versionId: string,
    { columns, seconds = 300 }: { columns?: ColumnRun[]; seconds?: number } = {},
  ): Promise<string> {
    const exp = Math.floor(Date.now() / 1000) + seconds;
    const claims = { iss: 'ferry', exp, sub: USER, device, aud, store: { versionId, ...(columns && { columns }) } };
    return new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).sign(this.#capabilityKeys.privateKey);
  }

  async grant(device: string, holder: string, { versionId, group, index }: Column): Promise<StoreGrant> {
    const columns = [{ index, firstGroup: group, groupCount: 1 }];
    const capability = await this.capability(device, holder, versionId, { columns });
    return { userId: USER, deviceId: holder, isOnline: this.online.has(holder), capability };
  }

  for(deviceId: string): HolderServer {
    const answer = async <Answer>(name: string, work: () => Promise<Answer> | Answer): Promise<Answer> => {
      if (!this.isReachable) throw new Error('unreachable');
      this.calls.push(`${deviceId} ${name}`);
      const answered = await work();
      if (this.losesAnswers && name === 'held') throw new Error('lost');
      return answered;
    };
    return {
      key: () => answer('key', () => this.#key()),
      putKeys: (keys) => answer('putKeys', () => this.keys.set(deviceId, keys)),
      offer: (offer) => answer('offer', () => this.offers.set(deviceId, [...(this.offers.get(deviceId) ?? []), offer])),
      duties: ({ moving = [] }) => {
        this.moving.push(...moving);
        return answer('duties', () => this.#dutiesOf(deviceId));
      },
      held: ({ receipts }) => answer('held', () => this.#held(deviceId, receipts)),
      released: ({ columns }) => answer('released', () => this.#released(deviceId, columns)),
      inventory: ({ columns, page, isLast }) => answer('inventory', () => this.#told(deviceId, columns, page, isLast)),
      audited: (audited) => answer('audited', () => this.#audited(deviceId, audited)),
      renewLease: () => answer('renewLease', () => {}),
      repaired: (repaired) => answer('repaired', () => this.#repaired(deviceId, repaired)),
      watch: (_, listener) => {
        const watchers = this.#watchers.get(deviceId) ?? new Set();
        this.#watchers.set(deviceId, watchers.add(listener));
        listener({ type: 'connected' });
        return () => watchers.delete(listener);
      },
    };
  }

  async #dutiesOf(deviceId: string): Promise<Duty[]> {
    const duties: Duty[] = [...(this.duties.get(deviceId) ?? [])];
    for (const { column, sizeBytes, contentId, state, from } of this.#placesOf(deviceId).values()) {
      if (state === 'released') duties.push({ type: 'release', column });
      if (state !== 'assigned' && state !== 'missing') continue;
      const grants = await Promise.all(from.map((holder) => this.grant(deviceId, holder, column)));
      duties.push({ type: 'keep', column, sizeBytes, contentId, from: grants });
    }
    return duties;
  }

  async #held(deviceId: string, receipts: readonly string[]): Promise<void> {
    const key = await importJWK({ ...this.keys.get(deviceId)!.signing }, 'ES256');
    for (const receipt of receipts) {
      const { payload } = await compactVerify(receipt, key, { algorithms: ['ES256'] });
      const claims = receiptClaimsSchema.parse(JSON.parse(new TextDecoder().decode(payload)));
      if (claims.iss !== deviceId) throw new Error('signed by somebody else');
      this.receipts.push(claims);
      const column = { versionId: claims.version, group: claims.group, index: claims.index };
      const place = this.placeOf(deviceId, column);
      if (!place) this.#unwanted(deviceId, column);
      else if (place.state !== 'released') place.state = 'held';
    }
  }

  #audited(deviceId: string, { auditId, verdict }: { auditId: string; verdict: AuditVerdict }): void {
    this.verdicts.set(auditId, verdict);
    this.#drop(deviceId, (duty) => duty.type === 'audit' && duty.auditId === auditId);
  }

  #repaired(deviceId: string, { group, token, indexes }: { group: number; token: number; indexes: number[] }): void {
    this.repaired.push({ deviceId, group, token, indexes });
    this.#drop(deviceId, (duty) => duty.type === 'repair' && duty.token === token);
  }

  #drop(deviceId: string, isDone: (duty: Duty) => boolean): void {
    this.duties.set(
      deviceId,
      (this.duties.get(deviceId) ?? []).filter((duty) => !isDone(duty)),
    );
  }

  #released(deviceId: string, columns: readonly Column[]): void {
    for (const column of columns) this.#placesOf(deviceId).delete(columnKey(column));
  }

  #told(deviceId: string, columns: readonly Column[], page: number, isLast: boolean): void {
    if (page === 0) this.#pages = [];
    this.#pages = [...this.#pages, ...columns];
    if (!isLast) return;
    this.inventories.push({ deviceId, columns: this.#pages });
    const told = new Set(this.#pages.map(columnKey));
    for (const [key, place] of this.#placesOf(deviceId)) {
      if (place.state === 'held' && !told.has(key)) place.state = 'missing';
      if (place.state === 'missing' && told.has(key)) place.state = 'held';
    }
    for (const column of this.#pages) if (!this.placeOf(deviceId, column)) this.#unwanted(deviceId, column);
  }

  #unwanted(deviceId: string, column: Column): void {
    const place: Place = { column, sizeBytes: 0, contentId: null, from: [], state: 'released' };
    this.#placesOf(deviceId).set(columnKey(column), place);
  }

  async #key(): Promise<CapabilityKey> {
    const { x, y } = await exportJWK(this.#capabilityKeys.publicKey);
    return { jwk: { kty: 'EC', crv: 'P-256', x: x!, y: y! } };
  }

  #placesOf(deviceId: string): Map<string, Place> {
    const places = this.places.get(deviceId) ?? new Map<string, Place>();
    this.places.set(deviceId, places);
    return places;
  }
}
