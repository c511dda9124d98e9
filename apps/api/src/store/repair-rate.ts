// How many groups are repaired at once, so that repairs do not take the office's network from the people in it. Pure.
import type { RepairReason } from './repair-need.ts';

const FEWEST = 2;
/** A repair moves k columns of up to 64 MiB; with more of them at once each only takes longer. */
const MOST = 40;

export interface RepairsUnderWay {
  readonly underWay: number;
  /** Devices that could repair. */
  readonly onlinePeers: number;
}

/** One of four who are online is asked; what may be lost with one more departure has as much room again. */
export function mayRepair(reason: RepairReason, { underWay, onlinePeers }: RepairsUnderWay): boolean {
  const usual = Math.min(MOST, Math.max(FEWEST, Math.floor(onlinePeers / 4)));
  return underWay < (reason === 'critical' ? usual * 2 : usual);
}
