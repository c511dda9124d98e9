import { expect, onTestFinished, test, vi } from 'vitest';
import { Metrics } from '../metrics/metrics.ts';
import { MemoryHub } from '../presence/memory-hub.ts';
import { StoreTables } from '../testing/store-tables.ts';
import { StoreHoldings } from './store-holdings.ts';
import { StoreKeeper } from './store-keeper.ts';
import { StorePool } from './store-pool.ts';
import { StoreWatchers } from './store-watchers.ts';

test('what fails with a tick is reported, and the next one comes', () => {
  vi.useFakeTimers();
  const { db, close } = new StoreTables();
  const [hub, failures] = [new MemoryHub(), [] as unknown[]];
  const pool = new StorePool(db, hub);
  const keeper = new StoreKeeper({
    ...{ db, hub, pool, holdings: new StoreHoldings(db, pool), watchers: new StoreWatchers() },
    metrics: new Metrics().store,
    failed: (error) => failures.push(error),
  });
  onTestFinished(() => {
    keeper.close();
    vi.useRealTimers();
  });
  // Every query fails from now on.
  close();
  vi.advanceTimersByTime(2 * 60_000);
  expect(failures).toHaveLength(2);
});
