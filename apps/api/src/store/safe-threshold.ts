// From when on a group is safe: as many people keep different columns of it as an upload is accepted with, and two at least.
// What one person keeps is a copy, and no more than that.
import { acceptedThreshold } from './accepted-threshold.ts';
import type { Code } from './code.ts';

const FEWEST_OWNERS = 2;

/** Distinct owners with signed receipts. */
export function safeThreshold(code: Code): number {
  return Math.max(FEWEST_OWNERS, acceptedThreshold(code));
}
