// The numbers by which repairs are decided, in one place, so that the simulation can try others on the same code.
import { acceptedThreshold } from './accepted-threshold.ts';
import type { Code } from './code.ts';
import { DEAD_AFTER_MS } from './departures.ts';

export interface RepairPolicy {
  readonly deadAfterMs: number;
  /** Columns are made when fewer than that are alive. */
  readonly fewestAlive: (code: Code) => number;
  /** Every repair pulls k − 1 columns first, however few it makes: so it makes several, unless it is urgent. */
  readonly leastColumns: number;
  /** Null: who is online does not matter, only who is alive. */
  readonly floor: OnlineFloor | null;
}

export interface OnlineFloor {
  /** With fewer online than that many more than k, a few closed lids make the file unreachable. */
  readonly spareOnline: number;
  /** Up to so many more than k. */
  readonly spareAfter: number;
  /** Of office time in a row. */
  readonly afterMs: number;
}

/**
 * Longer than a lunch or a meeting, after which everybody is back: a floor of half an hour takes six times the traffic at
 * twenty people, and thirty times at two hundred, for a few tenths of a percent of office time (docs/store.md).
 */
const FLOOR_AFTER_MS = 90 * 60_000;

export const LAZY_REPAIR: RepairPolicy = {
  deadAfterMs: DEAD_AFTER_MS,
  fewestAlive: acceptedThreshold,
  leastColumns: 3,
  floor: { spareOnline: 2, spareAfter: 4, afterMs: FLOOR_AFTER_MS },
};

/** Small codes cannot have more online than they have, and do well with what an upload is accepted with. */
export function fewestOnline(code: Code, floor: OnlineFloor): number {
  return Math.min(code.k + floor.spareOnline, acceptedThreshold(code));
}

export function enoughOnline(code: Code, floor: OnlineFloor): number {
  return Math.min(code.k + floor.spareAfter, Math.max(code.n, code.k));
}
