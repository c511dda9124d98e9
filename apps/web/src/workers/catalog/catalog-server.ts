// The server as the engine's worker asks it about the catalog, over tRPC and HTTP; the page has a client of its own.
// Turns every failure into a code.
import type {
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
import { type FerryApi, httpApi } from '../../adapters/api.ts';
import { asked } from '../refusal.ts';

/** Everything rejects with a {@link Refusal}. */
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
