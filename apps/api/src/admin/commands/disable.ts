// disable and enable: an account that nobody gets in with, and back.
import type { Command } from '../command.ts';
import { withAccounts } from '../open-accounts.ts';

export const disable: Command = {
  name: 'disable',
  syntax: '<name>',
  summary: 'Switches an account off: it is signed out everywhere, and nobody can sign in with it.',
  operands: [1, 1],
  options: {},
  run: (call) =>
    withAccounts(call, ({ accounts }) => {
      const { username } = accounts.disable(call.operands[0]!);
      call.terminal.say(`${username} is switched off and signed out everywhere.`);
      return undefined;
    }),
};

export const enable: Command = {
  name: 'enable',
  syntax: '<name>',
  summary: 'Switches an account on again.',
  operands: [1, 1],
  options: {},
  run: (call) =>
    withAccounts(call, ({ accounts }) => {
      const { username } = accounts.enable(call.operands[0]!);
      call.terminal.say(`${username} can sign in.`);
      return undefined;
    }),
};
