// A server of a catalog in memory, for tests of downloads: who has what, who may have it, who is online. It signs real
// capabilities, and is scripted by hand. Knows no HTTP.
import type { Audience, CapabilityKey, ContentId, Grant, GrantAnswer, GrantRequest } from '@ferry/shared';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { CatalogRefusal, type CatalogServer } from './catalog-server.ts';

interface ListedShare {
  userId: string;
  deviceId: string;
  audience: Audience;
  /** Content ids by path; null for unverified files. */
  files: Map<string, ContentId | null>;
}

export class TestingServer {
  readonly shares = new Map<string, ListedShare>();
  readonly holdings = new Map<string, readonly ContentId[]>();
  /** Device → user. */
  readonly online = new Map<string, string>();
  isReachable = true;
  /** What it signs has expired already. */
  signsExpired = false;
  /** It grants whatever is asked of it, to anybody. */
  isLying = false;
  grantCount = 0;
  readonly #keys: CryptoKeyPair;

  private constructor(keys: CryptoKeyPair) {
    this.#keys = keys;
  }

  static async start(): Promise<TestingServer> {
    return new TestingServer((await generateKeyPair('ES256', { extractable: true })) as CryptoKeyPair);
  }

  /** As one user's device sees it. */
  for(userId: string): Pick<CatalogServer, 'key' | 'grant' | 'hold'> {
    return {
      key: () => this.#answer(() => this.#key()),
      grant: (request) => this.#answer(() => this.#grant(userId, request)),
      hold: (deviceId, contentIds) =>
        this.#answer(async () => {
          this.holdings.set(deviceId, contentIds);
        }),
    };
  }

  async #answer<Answer>(answer: () => Promise<Answer>): Promise<Answer> {
    if (!this.isReachable) throw new CatalogRefusal('unreachable');
    return answer();
  }

  async #key(): Promise<CapabilityKey> {
    const { x, y } = await exportJWK(this.#keys.publicKey);
    return { jwk: { kty: 'EC', crv: 'P-256', x: x!, y: y! } };
  }

  async #grant(userId: string, { deviceId, shareId, path }: GrantRequest): Promise<GrantAnswer> {
    this.grantCount++;
    const share = this.shares.get(shareId);
    const contentIds = share ? contentsAt(share, path) : undefined;
    const mayFetch = share && (this.isLying || isFor(share.audience, userId));
    if (!share || !contentIds || !mayFetch) throw new CatalogRefusal('not-found');
    const place = { type: 'place', shareId, path } as const;
    const sign = (aud: string, leave: object) => this.#sign({ sub: userId, device: deviceId, aud, ...leave });
    const owner = { userId: share.userId, deviceId: share.deviceId, role: 'owner', want: place } as const;
    const grants: Grant[] = [{ ...owner, capability: await sign(share.deviceId, { share: shareId }) }];
    for (const [other, has] of this.#others(userId, share.deviceId)) {
      const contents = contentIds.filter((contentId) => has.contents.has(contentId));
      if (contents.length === 0 || other === deviceId || !this.online.has(other)) continue;
      const want = { type: 'contents', contentIds: contents } as const;
      const capability = await sign(other, { contents });
      grants.push({ userId: this.online.get(other)!, deviceId: other, role: has.role, want, capability });
    }
    return { grants, expiresAt: Date.now() + 300_000 };
  }

  #others(userId: string, ownerId: string): Map<string, { role: 'copy' | 'holder'; contents: Set<ContentId> }> {
    const others = new Map<string, { role: 'copy' | 'holder'; contents: Set<ContentId> }>();
    for (const [deviceId, contentIds] of this.holdings) {
      others.set(deviceId, { role: 'holder', contents: new Set(contentIds) });
    }
    for (const { deviceId, files, audience } of this.shares.values()) {
      const contents = [...files.values()].filter((contentId) => contentId !== null);
      if (isFor(audience, userId)) others.set(deviceId, { role: 'copy', contents: new Set(contents) });
    }
    others.delete(ownerId);
    return others;
  }

  async #sign(claims: object): Promise<string> {
    const exp = Math.floor(Date.now() / 1000) + (this.signsExpired ? -300 : 300);
    const payload = { iss: 'ferry', exp, ...claims };
    return new SignJWT(payload).setProtectedHeader({ alg: 'ES256' }).sign(this.#keys.privateKey);
  }
}

function contentsAt({ files }: ListedShare, path: string): ContentId[] | undefined {
  const found = [...files].filter(([file]) => path === '' || file === path || file.startsWith(`${path}/`));
  if (found.length === 0) return undefined;
  return found.map(([, contentId]) => contentId).filter((contentId) => contentId !== null);
}

function isFor(audience: Audience, userId: string): boolean {
  return audience.type === 'everyone' || audience.userIds.includes(userId);
}
