// The parts of the Store's server, put together. Decides nothing.
import type { Capabilities } from '../capabilities/capabilities.ts';
import type { Database } from '../db/client.ts';
import type { StoreMetrics } from '../metrics/store-metrics.ts';
import type { PresenceHub } from '../presence/hub.ts';
import { StoreLimits } from '../trpc/store-limits.ts';
import { Quota } from './quota.ts';
import { StoreDownloads } from './store-downloads.ts';
import { StoreFiles } from './store-files.ts';
import { StoreHolders } from './store-holders.ts';
import { StoreHoldings } from './store-holdings.ts';
import { StoreKeeper } from './store-keeper.ts';
import { StorePool } from './store-pool.ts';
import { StoreUploads } from './store-uploads.ts';
import { StoreWatchers } from './store-watchers.ts';

interface Dependencies {
  db: Database;
  hub: PresenceHub;
  capabilities: Capabilities;
  metrics: StoreMetrics;
  quotaBytes: number;
  /** Of what nobody asked for and nobody waits for. */
  failed: (error: unknown) => void;
}

export class Store {
  readonly limits = new StoreLimits();
  readonly watchers = new StoreWatchers();
  readonly pool: StorePool;
  readonly holdings: StoreHoldings;
  readonly keeper: StoreKeeper;
  readonly quota: Quota;
  readonly uploads: StoreUploads;
  readonly holders: StoreHolders;
  readonly files: StoreFiles;
  readonly downloads: StoreDownloads;

  constructor(using: Dependencies) {
    const { db, hub, quotaBytes } = using;
    this.pool = new StorePool(db, hub);
    this.holdings = new StoreHoldings(db, this.pool);
    this.quota = new Quota(db, quotaBytes);
    const { watchers, pool, holdings, quota } = this;
    this.keeper = new StoreKeeper({ ...using, pool, holdings, watchers });
    const parts = { ...using, pool, holdings, quota, keeper: this.keeper };
    this.uploads = new StoreUploads(parts);
    this.holders = new StoreHolders(parts);
    this.files = new StoreFiles(parts);
    this.downloads = new StoreDownloads(parts);
  }

  close(): void {
    this.keeper.close();
    this.watchers.close();
  }
}
