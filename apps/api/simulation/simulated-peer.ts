// A browser of the simulated company, with the disk it offers: comes, goes, and loses its disk now and then.
import type { Chance } from '../bench/chance.ts';
import type { StorePeer } from '../src/store/store-peer.ts';
import { observed, officeUptime, UNKNOWN_UPTIME, type Uptime } from '../src/store/uptime.ts';
import { attendance, DAY_MS, type Interval } from './attendance.ts';

const OFFERED_BYTES = 10 * 1024 ** 3;
/** Per day: reinstalled, cleared, or replaced by another computer. */
const WIPED = 0.0055;

export class SimulatedPeer {
  readonly peerId: string;
  readonly ownerId: string;
  /** Of columns that are on the disk, as the peer knows them. */
  readonly columns = new Set<string>();
  usedBytes = 0;
  #onlineSinceMs: number | null = null;
  #lastContactMs = 0;
  #uptime: Uptime = UNKNOWN_UPTIME;
  #interval = 0;
  readonly #intervals: readonly Interval[];
  readonly #wipesMs: number[];

  constructor(number: number, isAlwaysOn: boolean, days: number, chance: Chance) {
    this.peerId = `peer ${number}`;
    this.ownerId = `owner ${number}`;
    this.#intervals = attendance(days, isAlwaysOn, chance);
    const wipedDays = Array.from({ length: days }, (_, day) => day).filter(() => chance.is(WIPED));
    this.#wipesMs = wipedDays.map((day) => (day + chance.next()) * DAY_MS);
  }

  get isOnline(): boolean {
    return this.#onlineSinceMs !== null;
  }

  /** @returns whether it has something to say: it came, or its disk was wiped while it is there */
  advance(nowMs: number): boolean {
    let isWiped = false;
    while (this.#wipesMs.length > 0 && this.#wipesMs[0]! <= nowMs) {
      this.#wipesMs.shift();
      this.columns.clear();
      isWiped = true;
    }
    while ((this.#intervals[this.#interval]?.[1] ?? Number.POSITIVE_INFINITY) <= nowMs) this.#interval++;
    const fromMs = this.#intervals[this.#interval]?.[0] ?? Number.POSITIVE_INFINITY;
    if (fromMs > nowMs) {
      this.#onlineSinceMs = null;
      return false;
    }
    this.#lastContactMs = nowMs;
    if (this.#onlineSinceMs === fromMs) return isWiped;
    this.#onlineSinceMs = fromMs;
    return true;
  }

  observe(officeMs: number): void {
    this.#uptime = observed(this.#uptime, this.isOnline, officeMs);
  }

  snapshot(): StorePeer {
    return {
      peerId: this.peerId,
      ownerId: this.ownerId,
      onlineSinceMs: this.#onlineSinceMs,
      lastContactMs: this.#lastContactMs,
      freeBytes: Math.max(0, OFFERED_BYTES - this.usedBytes),
      officeUptime: officeUptime(this.#uptime),
      isQuarantined: false,
    };
  }
}
