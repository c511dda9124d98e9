// How long SQLite takes, by kind of statement. Better-sqlite3 works on the one thread there is, so this time is also
// how long everybody else waited. Knows no tables.
import { Histogram, type Registry } from 'prom-client';

export type SqliteOperation = 'select' | 'insert' | 'update' | 'delete' | 'other';

/** Seconds: from what lies in memory to the busy timeout, five seconds. */
const BUCKETS_S = [0.00005, 0.0002, 0.001, 0.005, 0.02, 0.1, 0.5, 2, 5];

export class SqliteMetrics {
  readonly #durations: Histogram<'operation'>;

  constructor(registry: Registry) {
    this.#durations = new Histogram({
      name: 'ferry_sqlite_seconds',
      help: 'Time inside SQLite, by kind of statement; other is mostly beginning and ending transactions.',
      labelNames: ['operation'],
      buckets: BUCKETS_S,
      registers: [registry],
    });
    for (const operation of ['select', 'insert', 'update', 'delete', 'other'] satisfies SqliteOperation[])
      this.#durations.zero({ operation });
  }

  took(operation: SqliteOperation, seconds: number): void {
    this.#durations.observe({ operation }, seconds);
  }
}

/** By the statement's first word: a query that begins with `with` or a comment is `other`. */
export function operationOf(sql: string): SqliteOperation {
  const word = /^\s*(select|insert|update|delete)\b/i.exec(sql)?.[1];
  return word ? (word.toLowerCase() as SqliteOperation) : 'other';
}
