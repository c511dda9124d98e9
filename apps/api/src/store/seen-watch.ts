// Notes now and then which devices are online. When one leaves that is noted at once; but a server that loses its power notes
// nothing, and whoever had been there for weeks would be taken for dead when it is back. Decides nothing.
import type { Database } from '../db/client.ts';
import { touchDevices } from '../db/queries/devices.ts';
import type { PresenceHub } from '../presence/hub.ts';

/** All of them are written, and those who are dead have been away for days. */
const NOTED_EVERY_MS = 60 * 60_000;

export class SeenWatch {
  readonly #db: Database;
  readonly #hub: Pick<PresenceHub, 'onlineDeviceIds'>;
  #notedMs: number | undefined;

  constructor(db: Database, hub: Pick<PresenceHub, 'onlineDeviceIds'>) {
    this.#db = db;
    this.#hub = hub;
  }

  /** As often as one likes. */
  look(nowMs: number): void {
    this.#notedMs ??= nowMs;
    if (nowMs - this.#notedMs < NOTED_EVERY_MS) return;
    this.#notedMs = nowMs;
    touchDevices(this.#db, this.#hub.onlineDeviceIds(), nowMs);
  }
}
