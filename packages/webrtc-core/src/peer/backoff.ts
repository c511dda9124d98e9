// How long to wait before the next try. Pure.

const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/**
 * Doubles with each failure up to half a minute; half of it is jitter, so that two sides that failed
 * together do not try together for ever.
 *
 * @param random in [0, 1)
 */
export function retryDelayMs(failures: number, random: number): number {
  const delayMs = Math.min(LONGEST_MS, FIRST_MS * 2 ** failures);
  return delayMs / 2 + (delayMs / 2) * random;
}
