// Everything that lives as long as the server does, made once and handed to whoever needs it.

import type { Accounts } from './accounts/accounts.ts';
import { CatalogOwners } from './accounts/catalog-owners.ts';
import { AccountLimits } from './accounts/limits.ts';
import { Passwords } from './accounts/passwords.ts';
import { watchSessions } from './accounts/session-watch.ts';
import { Sessions } from './accounts/sessions.ts';
import { Capabilities } from './capabilities/capabilities.ts';
import { signingKey } from './capabilities/signing-key.ts';
import type { CatalogIndex } from './catalog/catalog-index.ts';
import { ThreadedIndex } from './catalog/threaded-index.ts';
import { CatalogWatchers } from './catalog-events/catalog-watchers.ts';
import { type Database, openDatabase } from './db/client.ts';
import { touchDevice } from './db/queries/devices.ts';
import { Doctor } from './doctor/doctor.ts';
import type { Env } from './env.ts';
import { ConnectionReports } from './metrics/connection-reports.ts';
import { CountedAccounts } from './metrics/counted-accounts.ts';
import { Metrics } from './metrics/metrics.ts';
import { timeSqlite } from './metrics/timed-sqlite.ts';
import { EndedShares } from './other-devices/ended-shares.ts';
import { EndingNotices } from './other-devices/ending-notices.ts';
import { SharesElsewhere } from './other-devices/shares-elsewhere.ts';
import type { PresenceHub } from './presence/hub.ts';
import { MemoryHub } from './presence/memory-hub.ts';
import { Readiness } from './readiness.ts';
import { SavedSearches } from './saved-searches/saved-searches.ts';
import { Store } from './store/store.ts';
import { StunServer } from './stun/stun-server.ts';
import { CatalogLimits } from './trpc/catalog-limits.ts';

export interface Services {
  env: Env;
  db: Database;
  accounts: Accounts;
  accountLimits: AccountLimits;
  sessions: Sessions;
  hub: PresenceHub;
  metrics: Metrics;
  readiness: Readiness;
  reports: ConnectionReports;
  stun: StunServer;
  doctor: Doctor;
  catalog: CatalogIndex;
  catalogLimits: CatalogLimits;
  catalogOwners: CatalogOwners;
  catalogWatchers: CatalogWatchers;
  savedSearches: SavedSearches;
  endedShares: EndedShares;
  endingNotices: EndingNotices;
  sharesElsewhere: SharesElsewhere;
  capabilities: Capabilities;
  store: Store;
  countOnline(): { users: number; devices: number };
  close(): void;
}

/** @param storeFailed is told of errors that no request is told of */
export function createServices(env: Env, storeFailed: (error: unknown) => void): Services {
  const metrics = new Metrics();
  const { db, sqlite, close } = openDatabase(env.DATA_DIR);
  timeSqlite(sqlite, metrics.sqlite);
  const accountLimits = new AccountLimits();
  const passwords = new Passwords();
  const sessions = new Sessions(db);
  const stopWatching = watchSessions(sessions);
  const hub = new MemoryHub(
    ({ deviceId }) => touchDevice(db, deviceId, Date.now()),
    (delivery) => metrics.signals.count(delivery),
  );
  const catalog = new ThreadedIndex(env.DATA_DIR);
  const catalogOwners = new CatalogOwners(db, catalog);
  const savedSearches = new SavedSearches({ db, catalog, hub });
  const catalogWatchers = new CatalogWatchers(catalog, savedSearches);
  const endedShares = new EndedShares(db);
  const endingNotices = new EndingNotices();
  const capabilities = new Capabilities(signingKey(db));
  const store = new Store({
    db,
    hub,
    capabilities,
    metrics: metrics.store,
    quotaBytes: env.STORE_USER_QUOTA_GB * 1e9,
    failed: storeFailed,
  });
  const stun = new StunServer({ port: env.STUN_PORT, host: env.STUN_HOST ?? env.HOST });
  return {
    env,
    db,
    accounts: new CountedAccounts({ db, registration: env.REGISTRATION, passwords, limits: accountLimits }, metrics),
    accountLimits,
    sessions,
    hub,
    metrics,
    readiness: new Readiness(db),
    reports: new ConnectionReports(metrics),
    stun,
    doctor: new Doctor({ env, db, stun }),
    catalog,
    catalogLimits: new CatalogLimits(),
    catalogOwners,
    catalogWatchers,
    savedSearches,
    endedShares,
    endingNotices,
    sharesElsewhere: new SharesElsewhere({
      db,
      catalog,
      hub,
      ended: endedShares,
      tell: (deviceId) => endingNotices.tell(deviceId),
    }),
    capabilities,
    store,
    countOnline: () => hub.online(),
    close() {
      stopWatching();
      catalogOwners.close();
      catalogWatchers.close();
      store.close();
      hub.close();
      close();
    },
  };
}
