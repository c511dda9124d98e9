// A column that this device is to keep, and when it is tried: which of several comes next. Pure.
import type { Duty } from '@ferry/shared';

export type KeepDuty = Extract<Duty, { type: 'keep' }>;

/** After a try that came to nothing: soon, then less and less often. */
const TRY_AGAIN_MS = [15_000, 60_000, 5 * 60_000, 15 * 60_000];

/** How tries went so far. */
export interface Tries {
  readonly failures: number;
  /** Not before. */
  readonly notBeforeMs: number;
  /** When the last one began; those that never were come first. */
  readonly lastMs: number;
}

export const UNTRIED: Tries = { failures: 0, notBeforeMs: 0, lastMs: Number.NEGATIVE_INFINITY };

export function triedInVain({ failures, lastMs }: Tries, nowMs: number): Tries {
  const waitMs = TRY_AGAIN_MS[Math.min(failures, TRY_AGAIN_MS.length - 1)]!;
  return { failures: failures + 1, notBeforeMs: nowMs + waitMs, lastMs };
}

/** Others are waiting: its turn is over, and nothing was wrong with it. */
export function gaveWay({ failures, lastMs }: Tries, nowMs: number): Tries {
  return { failures, notBeforeMs: nowMs + TRY_AGAIN_MS[0]!, lastMs };
}

export function isStartable({ from }: KeepDuty, { notBeforeMs }: Tries, nowMs: number): boolean {
  return notBeforeMs <= nowMs && from.some(({ isOnline }) => isOnline);
}

/** Columns of one group come one after another: their sources have to encode every stripe of it. */
export function groupOf({ column }: KeepDuty): string {
  return `${column.versionId}-${column.group}`;
}
