// For how long each group has had too few columns online, from one look to the next. In memory: after a restart of the
// server it begins anew, and half an hour of office time later it is known again.
import { belowFloor, type Watched } from './below-floor.ts';
import { fewestOnline, type OnlineFloor } from './repair-policy.ts';

/** Of what was between two looks that are further apart nothing is known. */
const MOST_BETWEEN_LOOKS_MS = 10 * 60_000;

interface Below {
  officeMs: number;
  lookedMs: number;
}

export class FloorWatch {
  readonly #floor: OnlineFloor;
  readonly #below = new Map<string, Below>();

  constructor(floor: OnlineFloor) {
    this.#floor = floor;
  }

  /** @returns office time in a row, in milliseconds */
  look(groupKey: string, seen: Omit<Watched, 'elapsedMs'>, nowMs: number): number {
    const known = this.#below.get(groupKey);
    const elapsedMs = known ? Math.min(nowMs - known.lookedMs, MOST_BETWEEN_LOOKS_MS) : 0;
    const officeMs = belowFloor(known?.officeMs ?? 0, this.#floor, { ...seen, elapsedMs });
    const isBelow = seen.isOfficeTime && seen.onlineColumns < fewestOnline(seen.code, this.#floor);
    if (isBelow) this.#below.set(groupKey, { officeMs, lookedMs: nowMs });
    else this.#below.delete(groupKey);
    return officeMs;
  }
}
