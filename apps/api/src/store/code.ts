// The code of a file version: any k of its n columns restore it. Knows no shards, no owners and no bytes.

export interface Code {
  /** Columns that restore it: its data, cut in so many. */
  readonly k: number;
  /** Columns there are to be, data included. Rows nest, so that n may grow later; k never changes. */
  readonly n: number;
}

/** A Cauchy row over GF(2⁸) gives each half of the 256 field elements to one kind of column. */
export const MOST_DATA_COLUMNS = 128;
export const MOST_PARITY_COLUMNS = 128;

/** (1, 0) is the code of a file that nobody but its uploader holds yet. */
export function isCode({ k, n }: Code): boolean {
  if (!Number.isInteger(k) || !Number.isInteger(n) || k < 1 || k > MOST_DATA_COLUMNS) return false;
  return n - k <= MOST_PARITY_COLUMNS && (n >= k || (k === 1 && n === 0));
}
