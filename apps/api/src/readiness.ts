// Whether this server can take people: whether its database takes writes right now. Leaves nothing behind in it.
import { sql } from 'drizzle-orm';
import type { Database } from './db/client.ts';

/** Anybody may ask, as often as they like; the disk is asked once. */
const VALID_MS = 1000;
/** Long enough for another program's short write, short enough not to hold up everybody else. */
const LOCK_WAIT_MS = 200;

export class Readiness {
  readonly #db: Database;
  #checkedMs = Number.NEGATIVE_INFINITY;
  #problem: unknown;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The error that a write meets, at most a second old; undefined when the server is ready. */
  problem(): unknown {
    const nowMs = performance.now();
    if (nowMs - this.#checkedMs >= VALID_MS) {
      this.#problem = errorOfWriting(this.#db);
      this.#checkedMs = nowMs;
    }
    return this.#problem;
  }
}

/**
 * Writes a number into the file's header that it has already: one page into the log that SQLite uses over and over.
 * Taking the write lock alone would succeed on a full or broken disk.
 */
function errorOfWriting(db: Database): unknown {
  try {
    const { timeout } = db.get<{ timeout: number }>(sql`pragma busy_timeout`);
    db.run(sql.raw(`pragma busy_timeout = ${LOCK_WAIT_MS}`));
    try {
      db.transaction(
        (transaction) => {
          const { user_version: version } = transaction.get<{ user_version: number }>(sql`pragma user_version`);
          transaction.run(sql.raw(`pragma user_version = ${version}`));
        },
        { behavior: 'immediate' },
      );
    } finally {
      db.run(sql.raw(`pragma busy_timeout = ${timeout}`));
    }
    return undefined;
  } catch (error) {
    return error;
  }
}
