// The scale on which room for others is chosen: in gigabytes, up to most of what the browser would give, in steps that can
// be told apart. Pure.

const GIGABYTE = 1e9;
/** The rest is for what is received here. */
const MOST_OF_ESTIMATE = 0.8;
const FINE_UP_TO = 20;

export interface SpaceScale {
  max: number;
  step: number;
}

/** More may be offered already than would be now: it stays on the scale. */
export function spaceScale(estimateBytes: number, offeredBytes: number): SpaceScale {
  // In tenths, which unlike 0.1 add up to what they should.
  const most = tenthsOf(estimateBytes * MOST_OF_ESTIMATE);
  const step = most <= FINE_UP_TO * 10 ? 1 : 10;
  const max = step * Math.max(Math.floor(most / step), Math.ceil(tenthsOf(offeredBytes) / step), 1);
  return { max: max / 10, step: step / 10 };
}

export function gigabytesOf(bytes: number): number {
  return Math.round(tenthsOf(bytes)) / 10;
}

export function bytesOfGigabytes(gigabytes: number): number {
  return Math.round(gigabytes * GIGABYTE);
}

function tenthsOf(bytes: number): number {
  return (10 * bytes) / GIGABYTE;
}
