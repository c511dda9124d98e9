// For how long a group has had too few columns online, in office hours and in a row. What is away at night is no sign of
// anything: each morning counts from the start.
import type { Code } from './code.ts';
import { fewestOnline, type OnlineFloor } from './repair-policy.ts';

export interface Watched {
  readonly code: Code;
  readonly onlineColumns: number;
  readonly isOfficeTime: boolean;
  /** Since the last look. */
  readonly elapsedMs: number;
}

/** @returns what `belowFloorOfficeMs` is now */
export function belowFloor(belowFloorOfficeMs: number, floor: OnlineFloor, watched: Watched): number {
  const { code, onlineColumns, isOfficeTime, elapsedMs } = watched;
  if (!isOfficeTime || onlineColumns >= fewestOnline(code, floor)) return 0;
  return belowFloorOfficeMs + elapsedMs;
}
