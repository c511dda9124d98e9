// create-user: an account whose password somebody else chose, whatever REGISTRATION says.
import { usernameSchema } from '@ferry/shared';
import * as z from 'zod/mini';
import type { Command } from '../command.ts';
import { UsageError } from '../failure.ts';
import { withAnyAccounts } from '../open-accounts.ts';
import { wantedPassword } from '../wanted-password.ts';
import { sentenceOf } from '../words.ts';

export const createUser: Command = {
  name: 'create-user',
  syntax: '<name> [--admin] [--generate]',
  summary: 'Makes an account. Asks for its password, or makes one up and tells it.',
  operands: [1, 1],
  options: { admin: { type: 'boolean' }, generate: { type: 'boolean' } },
  async run(call) {
    const { data: username, error } = z.safeParse(usernameSchema, call.operands[0]);
    if (error) throw new UsageError(sentenceOf(error), 'create-user');
    return withAnyAccounts(call, async ({ accounts }) => {
      accounts.checkFree(username);
      const password = await wantedPassword(call);
      const { isAdmin } = await accounts.createUser({ username, password, isAdmin: call.options.admin === true });
      call.terminal.say(`${username} can sign in now${isAdmin ? ', and is an admin' : ''}.`);
      if (call.options.generate) call.terminal.say(`Password: ${password}`);
      return undefined;
    });
  },
};
