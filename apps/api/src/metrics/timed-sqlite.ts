// Measures what an open SQLite connection does: its statements, and beginning and ending its transactions, which is
// where waiting for a lock and for the disk happens. Changes no answer. Knows no tables.
import type Sqlite from 'better-sqlite3';
import { operationOf, type SqliteMetrics } from './sqlite-metrics.ts';

type Connection = Sqlite.Database;
// biome-ignore lint/suspicious/noExplicitAny: any function is measured alike, whatever it takes.
type AnyFunction = (this: any, ...parameters: any[]) => any;

/** From now on; what was prepared before is not measured. */
export function timeSqlite(connection: Connection, metrics: SqliteMetrics): void {
  timeStatements(connection, metrics);
  timeTransactions(connection, metrics);
}

/** Drizzle prepares every query anew, so this also runs with every query: no proxies, three closures. */
function timeStatements(connection: Connection, metrics: SqliteMetrics): void {
  const prepare = connection.prepare.bind(connection);
  connection.prepare = ((sql: string) => {
    const statement = prepare(sql);
    const operation = operationOf(sql);
    const timed = <Method extends AnyFunction>(method: Method) =>
      function (this: unknown, ...parameters: unknown[]) {
        const startedMs = performance.now();
        try {
          return method.apply(statement, parameters);
        } finally {
          metrics.took(operation, (performance.now() - startedMs) / 1000);
        }
      } as Method;
    statement.run = timed(statement.run);
    statement.get = timed(statement.get);
    statement.all = timed(statement.all);
    return statement;
  }) as Connection['prepare'];
}

/** A transaction's time without that of the work inside, whose statements are measured themselves. */
function timeTransactions(connection: Connection, metrics: SqliteMetrics): void {
  const transaction = connection.transaction.bind(connection) as (work: AnyFunction) => Sqlite.Transaction<AnyFunction>;
  connection.transaction = ((work: AnyFunction) => {
    let workMs = 0;
    const made = transaction(function (...parameters) {
      const startedMs = performance.now();
      try {
        return work.apply(this, parameters);
      } finally {
        workMs = performance.now() - startedMs;
      }
    });
    const timed = (variant: AnyFunction): AnyFunction =>
      function (...parameters) {
        const startedMs = performance.now();
        workMs = 0;
        try {
          return variant.apply(this, parameters);
        } finally {
          metrics.took('other', (performance.now() - startedMs - workMs) / 1000);
        }
      };
    const { deferred, immediate, exclusive } = made;
    const variants = { deferred: timed(deferred), immediate: timed(immediate), exclusive: timed(exclusive) };
    return Object.assign(timed(made), { ...variants, default: timed(made), database: connection });
  }) as Connection['transaction'];
}
