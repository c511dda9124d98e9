// disable, enable, make-admin, revoke-admin: what is done to one account, and then said. Each differs in which.
import type { Command } from '../command.ts';
import { withAccounts } from '../open-accounts.ts';

interface AccountChange extends Pick<Command, 'name' | 'summary'> {
  change: 'disable' | 'enable' | 'makeAdmin' | 'revokeAdmin';
  /** What is so now, to be said after the person's name. */
  done: string;
}

export const disable = changeAccount({
  name: 'disable',
  summary: 'Switches an account off: it is signed out everywhere, and nobody can sign in with it.',
  change: 'disable',
  done: 'is switched off and signed out everywhere',
});

export const enable = changeAccount({
  name: 'enable',
  summary: 'Switches an account on again.',
  change: 'enable',
  done: 'can sign in',
});

export const makeAdmin = changeAccount({
  name: 'make-admin',
  summary: 'Makes somebody an admin.',
  change: 'makeAdmin',
  done: 'is an admin',
});

export const revokeAdmin = changeAccount({
  name: 'revoke-admin',
  summary: 'Makes an admin one of the others, and signs them out everywhere.',
  change: 'revokeAdmin',
  done: 'is no admin',
});

function changeAccount({ name, summary, change, done }: AccountChange): Command {
  return {
    name,
    syntax: '<name>',
    summary,
    operands: [1, 1],
    options: {},
    run: (call) =>
      withAccounts(call, ({ accounts }) => {
        const { username } = accounts[change](call.operands[0]!);
        call.terminal.say(`${username} ${done}.`);
        return undefined;
      }),
  };
}
