// backup: a copy of the database in one file, beside a running server.
import { readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { backUp } from '../../db/backup.ts';
import { backupName, superfluousBackups } from '../../db/backup-names.ts';
import { backupsFolder } from '../../db/data-folder.ts';
import { makePrivateFolder } from '../../db/private-files.ts';
import type { Call, Command } from '../command.ts';
import { UsageError } from '../failure.ts';
import { requireDatabase } from '../open-accounts.ts';

export const backup: Command = {
  name: 'backup',
  syntax: '[file or folder] [--keep <n>]',
  summary: 'Copies the database into a file: into DATA_DIR/backups if you name none. --keep deletes older ones there.',
  operands: [0, 1],
  options: { keep: { type: 'string' } },
  async run(call) {
    const keep = keepOf(call);
    const source = requireDatabase(call.site);
    const target = targetOf(call);
    if (keep !== undefined && target.isNamed) {
      throw new UsageError(
        '--keep is for a folder: Ferry names the files there, and knows them by their names.',
        'backup',
      );
    }
    await backUp(source, target.file);
    call.terminal.say(target.file);
    if (keep !== undefined) deleteOlder(dirname(target.file), keep, call);
    return undefined;
  },
};

/** `isNamed`: the file's name is not Ferry's. */
function targetOf({ operands: [wanted], site }: Call): { file: string; isNamed: boolean } {
  const name = backupName('ferry', new Date());
  if (wanted === undefined) {
    const folder = backupsFolder(site.dataDir);
    makePrivateFolder(folder);
    return { file: join(folder, name), isNamed: false };
  }
  const path = resolve(wanted);
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? { file: join(path, name), isNamed: false } : { file: path, isNamed: true };
}

function keepOf({ options: { keep } }: Call): number | undefined {
  if (keep === undefined) return undefined;
  const count = Number(keep);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new UsageError('--keep is how many backups to keep: a whole number from 1 on.', 'backup');
}

function deleteOlder(folder: string, keep: number, { terminal }: Call): void {
  for (const name of superfluousBackups(readdirSync(folder), keep)) {
    rmSync(join(folder, name));
    // No note: where cron calls this, a mail would come of it every night.
    terminal.say(`Deleted ${name}`);
  }
}
