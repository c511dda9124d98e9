// The words with which a database is refused that this build must not touch, and the way out. Reads only.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openReadOnly } from './backup.ts';
import { backupsFolder } from './data-folder.ts';
import { DatabaseError } from './database-error.ts';
import { type Migration, type MigrationState, migrationState } from './migration-state.ts';
import { findMigrations } from './migrations.ts';

export function refuseNewer(
  { latestUnknown }: Extract<MigrationState, { kind: 'newer' }>,
  { file, known, dataDir }: { file: string; known: readonly Migration[]; dataDir: string },
): DatabaseError {
  const last = known.at(-1)!;
  const backup = latestFittingBackup(dataDir, known);
  return new DatabaseError(
    'newer',
    `${file} was made by a newer Ferry: its tables are of ${dayOf(latestUnknown)}, and this Ferry knows those up to ` +
      `${last.tag} of ${dayOf(last.writtenAt)}. Nothing was changed. Install the newer version again, or go back to ` +
      (backup ? `what there was before it: ferry-admin restore ${backup}` : 'a backup that this version made.'),
  );
}

export function refuseForeign(file: string): DatabaseError {
  return new DatabaseError('foreign', `${file} is a database, but not one of Ferry's. Nothing was changed.`);
}

/** The latest one in the backups folder that this build can open. */
function latestFittingBackup(dataDir: string, known: readonly Migration[]): string | undefined {
  const folder = backupsFolder(dataDir);
  if (!existsSync(folder)) return undefined;
  const time = (name: string) => name.slice(-'2026-11-27T08-00-00.000Z.sqlite'.length);
  const names = readdirSync(folder).filter((name) => name.endsWith('Z.sqlite'));
  names.sort((one, other) => time(other).localeCompare(time(one)));
  return names.map((name) => join(folder, name)).find((path) => isKnown(path, known));
}

function isKnown(path: string, known: readonly Migration[]): boolean {
  try {
    const sqlite = openReadOnly(path);
    try {
      return ['current', 'behind'].includes(migrationState(findMigrations(sqlite), known).kind);
    } finally {
      sqlite.close();
    }
  } catch {
    return false;
  }
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
