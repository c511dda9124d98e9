// When an upload counts as accepted: half of what is spare is on other people's disks already. The uploader may close the
// lid then. Knows no places; happiness.ts counts.
import type { Code } from './code.ts';

/** Distinct owners with signed receipts. Never reached with n = 0: a file that only its uploader has stays at risk. */
export function acceptedThreshold({ k, n }: Code): number {
  return k + Math.ceil(Math.max(0, n - k) / 2);
}
