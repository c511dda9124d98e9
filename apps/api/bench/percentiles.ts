// Times of many calls in few words. Knows not of what.

/** @example inWords([1, 2, 3]) === '3 calls, p50 2.0 ms, p99 3.0 ms, at most 3.0 ms' */
export function inWords(timesMs: readonly number[]): string {
  const sorted = timesMs.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  const ms = (time: number) => `${time.toFixed(1)} ms`;
  return `${sorted.length} calls, p50 ${ms(at(0.5))}, p99 ${ms(at(0.99))}, at most ${ms(sorted.at(-1) ?? Number.NaN)}`;
}
