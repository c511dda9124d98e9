// reset-password: another password for somebody who forgot theirs, or whose was found out.
import type { Command } from '../command.ts';
import { withAccounts } from '../open-accounts.ts';
import { wantedPassword } from '../wanted-password.ts';

export const resetPassword: Command = {
  name: 'reset-password',
  syntax: '<name> [--generate]',
  summary: 'Gives an account another password, and signs it out everywhere.',
  operands: [1, 1],
  options: { generate: { type: 'boolean' } },
  run: (call) =>
    withAccounts(call, async ({ accounts }) => {
      const { username, disabledAt } = accounts.user(call.operands[0]!);
      const password = await wantedPassword(call);
      await accounts.resetPassword(username, password);
      const still = disabledAt ? `, but is still switched off: ferry-admin enable ${username}` : '';
      call.terminal.say(`${username} has another password and is signed out everywhere${still}.`);
      if (call.options.generate) call.terminal.say(`Password: ${password}`);
      return undefined;
    }),
};
