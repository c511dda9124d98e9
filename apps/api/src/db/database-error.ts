// What can be wrong with the database as a file: a closed set of codes, each with a sentence for whoever runs
// Ferry. Knows no queries, and no errors that are Ferry's own fault.

export type DatabaseErrorCode =
  /** It has migrations that this build does not know. */
  | 'newer'
  /** A SQLite database, but not one of Ferry's. */
  | 'foreign'
  /** Not a SQLite database, or one that is broken. */
  | 'damaged'
  /** Another program has it open, or has locked it. */
  | 'in-use'
  /** Not there, or this user may not read or write it. */
  | 'inaccessible'
  | 'disk-full'
  /** Migrating failed, and was undone. */
  | 'migration-failed';

export class DatabaseError extends Error {
  readonly code: DatabaseErrorCode;

  constructor(code: DatabaseErrorCode, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.code = code;
  }
}

const SENTENCES: [pattern: RegExp, code: DatabaseErrorCode, sentence: (file: string) => string][] = [
  [/^SQLITE_NOTADB/, 'damaged', (file) => `${file} is not a SQLite database.`],
  [/^SQLITE_(CORRUPT|IOERR_SHORT_READ)/, 'damaged', (file) => `${file} is damaged.`],
  [/^SQLITE_(BUSY|LOCKED)/, 'in-use', (file) => `${file} is in use by another program.`],
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 'disk-full', (file) => `There is no room left on the disk of ${file}.`],
  [/^(SQLITE_(CANTOPEN|READONLY|PERM|AUTH)|E[A-Z]+$)/, 'inaccessible', (file) => `${file} ${access()}`],
  [/^SQLITE_IOERR/, 'inaccessible', (file) => `The disk of ${file} reports an error.`],
];

/** What SQLite or the file system says of a file, as a DatabaseError; any other error as it is. */
export function inWords(error: unknown, file: string): unknown {
  if (error instanceof DatabaseError || !(error instanceof Error) || !('code' in error)) return error;
  const found = SENTENCES.find(([pattern]) => pattern.test(String(error.code)));
  return found ? new DatabaseError(found[1], found[2](file), { cause: error }) : error;
}

function access(): string {
  const user = process.getuid?.();
  return `cannot be opened or written by this user${user === undefined ? '' : ` (id ${user})`}.`;
}
