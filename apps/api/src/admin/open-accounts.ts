// The accounts in the site's database, for as long as a command takes.
import { existsSync } from 'node:fs';
import { Administration } from '../accounts/administration.ts';
import { Passwords } from '../accounts/passwords.ts';
import { type Database, openDatabase } from '../db/client.ts';
import { databaseFile } from '../db/data-folder.ts';
import type { Call } from './command.ts';
import { Failure } from './failure.ts';
import type { Site } from './site.ts';

export interface OpenAccounts {
  db: Database;
  accounts: Administration;
}

/** @throws Failure when there is no database: a mistyped DATA_DIR must not make one, and look like one with nobody in */
export async function withAccounts<Result>(
  call: Pick<Call, 'site' | 'terminal'>,
  work: (open: OpenAccounts) => Result,
): Promise<Awaited<Result>> {
  requireDatabase(call.site);
  return withAnyAccounts(call, work);
}

/** For who may be the first, before the server was ever started. */
export async function withAnyAccounts<Result>(
  { site, terminal }: Pick<Call, 'site' | 'terminal'>,
  work: (open: OpenAccounts) => Result,
): Promise<Awaited<Result>> {
  if (!existsSync(databaseFile(site.dataDir))) terminal.note(`Makes a new database in ${site.dataDir}`);
  const { db, close } = openDatabase(site.dataDir, terminal.note);
  try {
    return await work({ db, accounts: new Administration(db, new Passwords()) });
  } finally {
    close();
  }
}

/** @returns its file */
export function requireDatabase({ dataDir }: Site): string {
  const file = databaseFile(dataDir);
  if (existsSync(file)) return file;
  throw new Failure(
    `There is no database in ${dataDir}. Set DATA_DIR to the folder that the server uses, or start the server once.`,
  );
}
