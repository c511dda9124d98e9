// make-admin and revoke-admin: who may invite others and see the server's own checks.
import type { Command } from '../command.ts';
import { withAccounts } from '../open-accounts.ts';

export const makeAdmin: Command = {
  name: 'make-admin',
  syntax: '<name>',
  summary: 'Makes somebody an admin.',
  operands: [1, 1],
  options: {},
  run: (call) =>
    withAccounts(call, ({ accounts }) => {
      const { username } = accounts.makeAdmin(call.operands[0]!);
      call.terminal.say(`${username} is an admin.`);
      return undefined;
    }),
};

export const revokeAdmin: Command = {
  name: 'revoke-admin',
  syntax: '<name>',
  summary: 'Makes an admin one of the others, and signs them out everywhere.',
  operands: [1, 1],
  options: {},
  run: (call) =>
    withAccounts(call, ({ accounts }) => {
      const { username } = accounts.revokeAdmin(call.operands[0]!);
      call.terminal.say(`${username} is no admin.`);
      return undefined;
    }),
};
