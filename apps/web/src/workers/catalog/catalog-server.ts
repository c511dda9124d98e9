// The server as the engine's worker asks it about the catalog, over tRPC and HTTP; the page has a client of its own.
// Turns every failure into a code.
import type {
  ApiErrorCode,
  CapabilityKey,
  GrantAnswer,
  GrantRequest,
  Holdings,
  Publish,
  PutShare,
  Republish,
  ShareOfDevice,
  ShareState,
} from '@ferry/shared';
import { type FerryApi, httpApi, refusalOf } from '../../adapters/api.ts';

/** Why the server did not do it; `unreachable` when it did not answer. */
export class CatalogRefusal extends Error {
  readonly code: ApiErrorCode | 'unreachable';
  readonly retryAfterMs: number | undefined;

  constructor(code: CatalogRefusal['code'], { retryAfterMs, cause }: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(code, { cause });
    this.name = 'CatalogRefusal';
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Everything rejects with a {@link CatalogRefusal}. */
export interface CatalogServer {
  putShare(share: PutShare): Promise<ShareState>;
  removeShare(share: ShareOfDevice): Promise<void>;
  /** What the server knows of this device's shares. */
  mine(deviceId: string): Promise<ShareState[]>;
  publish(page: Publish): Promise<ShareState>;
  republish(step: Republish): Promise<ShareState>;
  /** What is held of the catalog without being shared, all of it. */
  hold(holdings: Holdings): Promise<void>;
  key(): Promise<CapabilityKey>;
  grant(request: GrantRequest): Promise<GrantAnswer>;
}

/** Above anything that a busy server takes; a request that hangs must not hold up the next one. */
const TIMEOUT_MS = 60_000;

export class TrpcCatalogServer implements CatalogServer {
  readonly #api: FerryApi['catalog'];

  constructor(api: FerryApi = httpApi()) {
    this.#api = api.catalog;
  }

  putShare: CatalogServer['putShare'] = (share) => asked((options) => this.#api.shares.put.mutate(share, options));
  removeShare: CatalogServer['removeShare'] = (share) =>
    asked((options) => this.#api.shares.remove.mutate(share, options));
  mine: CatalogServer['mine'] = (deviceId) => asked((options) => this.#api.shares.mine.query({ deviceId }, options));
  publish: CatalogServer['publish'] = (page) => asked((options) => this.#api.publish.mutate(page, options));
  republish: CatalogServer['republish'] = (step) => asked((options) => this.#api.republish.mutate(step, options));
  hold: CatalogServer['hold'] = (holdings) => asked((options) => this.#api.hold.mutate(holdings, options));
  key: CatalogServer['key'] = () => asked((options) => this.#api.key.query(undefined, options));
  grant: CatalogServer['grant'] = (request) => asked((options) => this.#api.grant.mutate(request, options));
}

async function asked<Answer>(call: (options: { signal: AbortSignal }) => Promise<Answer>): Promise<Answer> {
  try {
    return await call({ signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (cause) {
    const { code, ...rest } = refusalOf(cause);
    throw new CatalogRefusal(code, { cause, ...rest });
  }
}
