// check: whether the database and its folder are as they should be.
import { checkDatabase } from '../../db/health-check.ts';
import type { Command } from '../command.ts';
import { requireDatabase } from '../open-accounts.ts';
import { asTable } from '../table.ts';

export const check: Command = {
  name: 'check',
  syntax: '',
  summary: 'Looks the database over, also beside a running server. Exit code 1 says that something is wrong.',
  operands: [0, 0],
  options: {},
  run({ site, terminal }) {
    terminal.say(`${requireDatabase(site)}\n`);
    const findings = checkDatabase(site.dataDir);
    const rows = findings.map(({ subject, isFine, words }) => [isFine ? 'ok' : 'WRONG', subject, words]);
    terminal.say(asTable(rows));
    return findings.every(({ isFine }) => isFine);
  },
};
