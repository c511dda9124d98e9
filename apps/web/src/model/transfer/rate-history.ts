// The last minute of rates, one sample a second, and its outline for the sparkline. Pure.
export interface RateSample {
  down: number;
  up: number;
}

const SAMPLES = 60;

export function withSample(history: readonly RateSample[], sample: RateSample): RateSample[] {
  return [...history, sample].slice(-SAMPLES);
}

/** Points from left (oldest) to right (now), the highest rate of both directions at the top. */
export function sparkline(
  history: readonly RateSample[],
  { width, height }: { width: number; height: number },
): { down: string; up: string } {
  const highest = Math.max(1, ...history.map(({ down, up }) => Math.max(down, up)));
  const x = (index: number) => round(width - ((history.length - 1 - index) * width) / (SAMPLES - 1));
  const y = (rate: number) => round(height - (rate / highest) * height);
  const line = (rateOf: (sample: RateSample) => number) =>
    history.map((sample, index) => `${index === 0 ? 'M' : 'L'}${x(index)} ${y(rateOf(sample))}`).join('');
  return { down: line(({ down }) => down), up: line(({ up }) => up) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
