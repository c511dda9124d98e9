// How large and how old files in the index of names may be: beyond that no token of size or age needs to be looked for. One
// row, which only grows while things are written; it is made exact again when it is quiet. Knows no tokens.
import type { Database, Statement } from 'better-sqlite3';
import { prepareOnce } from '../prepare-once.ts';

export interface Extent {
  largestBytes: number;
  earliestMs: number;
  latestMs: number;
}

const NOTHING: Extent = { largestBytes: 0, earliestMs: Number.MAX_SAFE_INTEGER, latestMs: 0 };

export function createExtent(sqlite: Database): void {
  sqlite.exec(`CREATE TABLE extent (
    largest_bytes INTEGER NOT NULL,
    earliest_ms INTEGER NOT NULL,
    latest_ms INTEGER NOT NULL
  ) STRICT`);
  sqlite
    .prepare(
      'INSERT INTO extent (largest_bytes, earliest_ms, latest_ms) VALUES (@largestBytes, @earliestMs, @latestMs)',
    )
    .run(NOTHING);
}

export class ExtentRow {
  readonly #get: Statement;
  readonly #widen: Statement;

  constructor(sqlite: Database) {
    this.#get = prepareOnce(
      sqlite,
      'SELECT largest_bytes AS largestBytes, earliest_ms AS earliestMs, latest_ms AS latestMs FROM extent',
    );
    this.#widen = prepareOnce(
      sqlite,
      `UPDATE extent SET largest_bytes = max(largest_bytes, @largestBytes), earliest_ms = min(earliest_ms, @earliestMs),
         latest_ms = max(latest_ms, @latestMs)
       WHERE largest_bytes < @largestBytes OR earliest_ms > @earliestMs OR latest_ms < @latestMs`,
    );
  }

  get(): Extent {
    return this.#get.get() as Extent;
  }

  /** These files are there too. */
  widen(files: readonly { sizeBytes: number; modifiedMs: number }[]): void {
    const extent = { ...NOTHING };
    for (const { sizeBytes, modifiedMs } of files) {
      extent.largestBytes = Math.max(extent.largestBytes, sizeBytes);
      extent.earliestMs = Math.min(extent.earliestMs, modifiedMs);
      extent.latestMs = Math.max(extent.latestMs, modifiedMs);
    }
    this.#widen.run(extent);
  }
}

/** To what there is, which the orders of the whole catalog tell when everything is in them. */
export function narrowExtent(sqlite: Database): void {
  sqlite.exec(`
    UPDATE extent SET
      largest_bytes = coalesce((SELECT max(size_bytes) FROM entries WHERE is_ordered = 1), ${NOTHING.largestBytes}),
      earliest_ms = coalesce((SELECT min(modified_ms) FROM entries WHERE is_ordered = 1), ${NOTHING.earliestMs}),
      latest_ms = coalesce((SELECT max(modified_ms) FROM entries WHERE is_ordered = 1), ${NOTHING.latestMs})
    WHERE NOT EXISTS (SELECT 1 FROM entries WHERE is_ordered = 0)`);
}
