// Which code a file gets, from its size and how many people could hold it, and how far its n may be raised when more
// come. Pure; who these people are is decided in placement.ts.
import type { Code } from './code.ts';
import { CHUNK_BYTES } from './stored-size.ts';

/** A file as small as that costs more in messages than in bytes: it is copied. */
const SMALL_FILE_BYTES = 65_536;
const SMALL_FILE_COPIES = 5;
/** Columns for each one that is needed: at most four times the bytes, whatever the code. */
const COLUMNS_PER_NEEDED = 4;
const TIGHT_COLUMNS_PER_NEEDED = 3;
/** Owners from which on files are cut into so many. Fewer owners than 2.5 a column leave too few that may be away. */
const LARGE_POOL = { owners: 30, k: 8 };
const SMALLER_POOLS = [
  { owners: 10, k: 4 },
  { owners: 6, k: 3 },
  { owners: 4, k: 2 },
];

export interface Pool {
  /** Distinct people who could hold a column of it now, without the uploader. */
  readonly ownerCount: number;
  /** Room is short: a large pool does with three times the bytes. A small one does not; people would miss files first. */
  readonly isSpaceTight?: boolean;
}

/** With no owners n is 0: nobody but the uploader holds it, and it is at risk until somebody comes. */
export function chooseCode(sizeBytes: number, pool: Pool): Code {
  const k = Math.min(neededColumns(pool.ownerCount), mostNeeded(sizeBytes));
  return { k, n: Math.min(pool.ownerCount, mostColumns(sizeBytes, k, pool)) };
}

/**
 * The same k, because the columns there are depend on it; n as the pool of today gives, and never less than it was. For while
 * the uploader has the file, which makes columns from it: of a column that is new nobody else could say what it contains.
 *
 * @param pool those who hold columns already are among its owners
 */
export function raiseCode({ k, n }: Code, sizeBytes: number, pool: Pool): Code {
  return { k, n: Math.max(n, Math.min(pool.ownerCount, mostColumns(sizeBytes, k, pool))) };
}

/**
 * Chunks that there are: data columns that are missing at the end of a file are zeros, but each parity column is as long as
 * its longest. One chunk with the 24 parity columns of the largest code would be kept 25 times.
 */
function mostNeeded(sizeBytes: number): number {
  return sizeBytes < SMALL_FILE_BYTES ? 1 : Math.ceil(sizeBytes / CHUNK_BYTES);
}

function neededColumns(ownerCount: number): number {
  if (ownerCount >= LARGE_POOL.owners) return LARGE_POOL.k;
  return SMALLER_POOLS.find(({ owners }) => ownerCount >= owners)?.k ?? 1;
}

function mostColumns(sizeBytes: number, k: number, { isSpaceTight = false }: Pool): number {
  if (sizeBytes < SMALL_FILE_BYTES) return SMALL_FILE_COPIES;
  return k * (isSpaceTight && k === LARGE_POOL.k ? TIGHT_COLUMNS_PER_NEEDED : COLUMNS_PER_NEEDED);
}
