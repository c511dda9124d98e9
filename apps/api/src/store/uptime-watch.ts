// Notes now and then which of those who offer room are there in office time: whoever is there most is asked first. Decides
// nothing.
import type { Database } from '../db/client.ts';
import { setUptime } from '../db/queries/store-offers.ts';
import { officeClock, USUAL_OFFICE_HOURS } from './office-hours.ts';
import type { StorePool } from './store-pool.ts';
import { observed } from './uptime.ts';

/** Each time all of them are written. */
const NOTED_EVERY_MS = 5 * 60_000;
/** A computer that slept has seen nobody. */
const MOST_ELAPSED_MS = 15 * 60_000;

export class UptimeWatch {
  readonly #db: Database;
  readonly #pool: StorePool;
  readonly #isOfficeTime: (ms: number) => boolean;
  #notedMs: number | undefined;

  /** @param timeZone where people work; the server's own, as long as nobody says otherwise */
  constructor(db: Database, pool: StorePool, timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone) {
    this.#db = db;
    this.#pool = pool;
    this.#isOfficeTime = officeClock({ ...USUAL_OFFICE_HOURS, timeZone });
  }

  /** As often as one likes. */
  look(nowMs: number): void {
    this.#notedMs ??= nowMs;
    const elapsedMs = nowMs - this.#notedMs;
    if (elapsedMs < NOTED_EVERY_MS) return;
    this.#notedMs = nowMs;
    if (!this.#isOfficeTime(nowMs) || elapsedMs > MOST_ELAPSED_MS) return;
    this.#db.transaction((transaction) => {
      for (const { deviceId, officeOnlineMs, officeObservedMs } of this.#pool.devices()) {
        const known = { onlineMs: officeOnlineMs, observedMs: officeObservedMs };
        const isOnline = this.#pool.onlineSinceMs(deviceId) !== undefined;
        setUptime(transaction, deviceId, observed(known, isOnline, elapsedMs));
      }
    });
    this.#pool.offersChanged();
  }
}
