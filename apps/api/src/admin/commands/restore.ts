// restore: a backup becomes the database.
import { resolve } from 'node:path';
import { DatabaseError } from '../../db/database-error.ts';
import { restore as restoreDatabase } from '../../db/restore.ts';
import type { Command } from '../command.ts';
import { Failure } from '../failure.ts';

export const restore: Command = {
  name: 'restore',
  syntax: '<file>',
  summary: 'Puts a backup in the place of the database, while the server is stopped. Everybody signs in again.',
  operands: [1, 1],
  options: {},
  async run({ operands, site, terminal }) {
    const source = resolve(operands[0]!);
    const aside = await restoreDatabase(source, site.dataDir).catch((error: unknown) => {
      const isInUse = error instanceof DatabaseError && error.code === 'in-use';
      throw isInUse ? new Failure(`${error.message} Stop the server first. Nothing was changed.`) : error;
    });
    terminal.say(`${source} is the database now. Everybody must sign in again.`);
    if (aside) terminal.note(`What was there before is ${aside}`);
    return undefined;
  },
};
