// A server of a catalog in memory, for tests of downloads: who has what, who may have it, who is online. It signs real
// capabilities, and is scripted by hand. Knows no HTTP.
import type {
  Audience,
  CapabilityKey,
  ContentId,
  Grant,
  GrantAnswer,
  GrantRequest,
  Holding,
  OwnedShare,
} from '@ferry/shared';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Refusal } from '../refusal.ts';
import type { CatalogServer } from './catalog-server.ts';

interface ListedShare {
  userId: string;
  deviceId: string;
  audience: Audience;
  /** Content ids by path; null for unverified files. */
  files: Map<string, ContentId | null>;
}

/** Contents of a device, each as it is in all of these shares. */
interface Having {
  deviceId: string;
  role: 'copy' | 'holder';
  shares: OwnedShare[];
  contentIds: readonly ContentId[];
}

export class TestingServer {
  readonly shares = new Map<string, ListedShare>();
  readonly holdings = new Map<string, readonly Holding[]>();
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
      hold: ({ deviceId, holdings }) =>
        this.#answer(async () => {
          this.holdings.set(deviceId, holdings);
        }),
    };
  }

  /** Content ids that a device says it holds. */
  heldBy(deviceId: string): ContentId[] {
    return (this.holdings.get(deviceId) ?? []).flatMap(({ contentIds }) => contentIds);
  }

  async #answer<Answer>(answer: () => Promise<Answer>): Promise<Answer> {
    if (!this.isReachable) throw new Refusal('unreachable');
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
    if (!share || !contentIds || !mayFetch) throw new Refusal('not-found');
    const place = { type: 'place', shareId, path } as const;
    const sign = (aud: string, leave: object) => this.#sign({ sub: userId, device: deviceId, aud, ...leave });
    const shares = [{ shareId, userId: share.userId }];
    const owner = { userId: share.userId, deviceId: share.deviceId, role: 'owner', want: place, shares } as const;
    const grants: Grant[] = [{ ...owner, capability: await sign(share.deviceId, { share: shareId }) }];
    for (const [other, having] of this.#others(userId)) {
      const has = having.map((one) => ({ ...one, contentIds: contentIds.filter((id) => one.contentIds.includes(id)) }));
      const wanted = has.filter((one) => one.contentIds.length > 0);
      if (wanted.length === 0 || other === deviceId || other === share.deviceId || !this.online.has(other)) continue;
      const of = wanted.map((one) => ({ shareIds: one.shares.map((by) => by.shareId), contentIds: one.contentIds }));
      const about = { userId: this.online.get(other)!, deviceId: other, role: having[0]!.role };
      const capability = await sign(other, { contents: of });
      const all = wanted.flatMap((one) => one.shares);
      grants.push({ ...about, want: { type: 'contents', of }, shares: all, capability });
    }
    return { grants, expiresAt: Date.now() + 300_000 };
  }

  /** By device, as this user may know it. */
  #others(userId: string): Map<string, Having[]> {
    const found: Having[] = [];
    for (const [shareId, { deviceId, userId: ownerId, files, audience }] of this.shares) {
      if (!this.isLying && !isFor(audience, userId)) continue;
      const contentIds = [...files.values()].filter((contentId) => contentId !== null);
      found.push({ deviceId, role: 'copy', shares: [{ shareId, userId: ownerId }], contentIds });
    }
    for (const [deviceId, holdings] of this.holdings) {
      for (const { shares, contentIds } of holdings) {
        const by = shares.map(([shareId, ownerId]) => ({ shareId, userId: ownerId }));
        const listed = contentIds.filter((id) => by.every((one) => this.isLying || this.#lists(one, userId, id)));
        if (!found.some((other) => other.deviceId === deviceId && other.role === 'copy'))
          found.push({ deviceId, role: 'holder', shares: by, contentIds: listed });
      }
    }
    return Map.groupBy(found, ({ deviceId }) => deviceId);
  }

  #lists({ shareId, userId: ownerId }: OwnedShare, userId: string, contentId: ContentId): boolean {
    const share = this.shares.get(shareId);
    return (
      share !== undefined &&
      share.userId === ownerId &&
      isFor(share.audience, userId) &&
      [...share.files.values()].includes(contentId)
    );
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
