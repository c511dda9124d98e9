// Statements that are compiled once. The SQLite that comes with better-sqlite3 is built with STAT4, with which whatever
// joins tables is compiled anew whenever a parameter in its WHERE changes (sqlite.org/c3ref/prepare.html): ten to a hundred
// times as long as it takes to run. A parameter behind a plus, which does nothing else, cannot matter to the plan.
import type { Database, Statement } from 'better-sqlite3';

const COMPARED = /([=<>]\s*)([?@])/g;

/** @example prepareOnce(sqlite, 'SELECT name FROM entries WHERE entry_no = ?') */
export function prepareOnce(sqlite: Database, sql: string): Statement {
  return sqlite.prepare(sql.replace(COMPARED, '$1+$2'));
}
