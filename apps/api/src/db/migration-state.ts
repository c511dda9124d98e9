// Whether a database may be opened by this build, and what it needs before. Pure.

export interface Migration {
  /** Such as `0001_disabled_accounts`. */
  tag: string;
  /** When it was written, in milliseconds since the epoch: its identity, as for drizzle's own migrator. */
  writtenAt: number;
  hash: string;
  statements: string[];
}

/** What there is in a database file. */
export interface Found {
  hasTables: boolean;
  /** When the migrations that it has had were written. */
  applied: readonly number[];
}

export type MigrationState =
  /** Nothing is in it yet. */
  | { kind: 'fresh'; pending: readonly Migration[] }
  | { kind: 'current' }
  | { kind: 'behind'; pending: readonly Migration[] }
  /** A newer build, or another one, has changed it: when the latest of those migrations was written. */
  | { kind: 'newer'; latestUnknown: number }
  /** Somebody else's tables. */
  | { kind: 'foreign' };

export function migrationState({ hasTables, applied }: Found, known: readonly Migration[]): MigrationState {
  const unknown = applied.filter((time) => !known.some(({ writtenAt }) => writtenAt === time));
  if (unknown.length > 0) return { kind: 'newer', latestUnknown: Math.max(...unknown) };
  const pending = known.filter(({ writtenAt }) => !applied.includes(writtenAt));
  if (applied.length === 0) return hasTables ? { kind: 'foreign' } : { kind: 'fresh', pending };
  return pending.length > 0 ? { kind: 'behind', pending } : { kind: 'current' };
}
