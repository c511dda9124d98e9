// The parts of the Store's server, put together. Decides nothing.
import type { Capabilities } from '../capabilities/capabilities.ts';
import type { Database } from '../db/client.ts';
import type { StoreMetrics } from '../metrics/store-metrics.ts';
import type { PresenceHub } from '../presence/hub.ts';
import { StoreLimits } from '../trpc/store-limits.ts';
import { Quota } from './quota.ts';
import { StoreDeliveries } from './store-deliveries.ts';
import { StoreDownloads } from './store-downloads.ts';
import { StoreFiles } from './store-files.ts';
import { StoreHolders } from './store-holders.ts';
import { StoreHoldings } from './store-holdings.ts';
import { StoreKeeper } from './store-keeper.ts';
import { StoreMaintenance } from './store-maintenance.ts';
import { StoreOverviews } from './store-overviews.ts';
import { StorePool } from './store-pool.ts';
import { StoreSweep } from './store-sweep.ts';
import { StoreUploads } from './store-uploads.ts';
import { StoreWatchers } from './store-watchers.ts';
import { UnwantedColumns } from './unwanted-columns.ts';
import { versionEnd } from './version-end.ts';

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
  readonly deliveries: StoreDeliveries;
  readonly maintenance: StoreMaintenance;
  readonly overviews: StoreOverviews;
  readonly #sweep: StoreSweep;

  constructor(using: Dependencies) {
    const { db, hub, quotaBytes } = using;
    this.pool = new StorePool(db, hub);
    this.holdings = new StoreHoldings(db, this.pool);
    this.quota = new Quota(db, quotaBytes);
    const { watchers, pool, holdings, quota } = this;
    this.keeper = new StoreKeeper({ ...using, pool, holdings, watchers });
    const { keeper } = this;
    const end = versionEnd(db, keeper);
    this.maintenance = new StoreMaintenance({ ...using, pool, keeper });
    const { maintenance } = this;
    const parts = { ...using, pool, holdings, quota, keeper, maintenance, end, unwanted: new UnwantedColumns() };
    this.uploads = new StoreUploads(parts);
    this.holders = new StoreHolders(parts);
    this.files = new StoreFiles(parts);
    this.downloads = new StoreDownloads(parts);
    this.deliveries = new StoreDeliveries(parts);
    this.overviews = new StoreOverviews(parts);
    this.#sweep = new StoreSweep({
      ...{ ...using, end },
      isOnline: (deviceId) => pool.onlineSinceMs(deviceId) !== undefined,
      released: () => keeper.offersChanged(),
    });
  }

  close(): void {
    this.#sweep.close();
    this.maintenance.close();
    this.keeper.close();
    this.watchers.close();
  }
}
