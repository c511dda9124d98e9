// The scale on which room for others is chosen: in gigabytes, up to most of what the browser would give, in steps that can
// be told apart. Pure.

const GIGABYTE = 1e9;
/** The rest is for what is received here. */
const MOST_OF_ESTIMATE = 0.8;
const FINE_STEP = 0.1;
const FINE_UP_TO = 20;

export interface SpaceScale {
  max: number;
  step: number;
}

/** More may be offered already than would be now: it stays on the scale. */
export function spaceScale(estimateBytes: number, offeredBytes: number): SpaceScale {
  const most = gigabytesOf(estimateBytes * MOST_OF_ESTIMATE);
  const step = most <= FINE_UP_TO ? FINE_STEP : 1;
  const max = Math.max(Math.floor(most / step) * step, Math.ceil(gigabytesOf(offeredBytes) / step) * step, step);
  return { max: rounded(max), step };
}

export function gigabytesOf(bytes: number): number {
  return rounded(bytes / GIGABYTE);
}

export function bytesOfGigabytes(gigabytes: number): number {
  return Math.round(gigabytes * GIGABYTE);
}

function rounded(gigabytes: number): number {
  return Math.round(gigabytes * 10) / 10;
}
