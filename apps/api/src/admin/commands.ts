// Every command of ferry-admin, in the order in which they are listed.
import type { Command } from './command.ts';
import { backup } from './commands/backup.ts';
import { disable, enable, makeAdmin, revokeAdmin } from './commands/change-account.ts';
import { check } from './commands/check.ts';
import { createUser } from './commands/create-user.ts';
import { invite } from './commands/invite.ts';
import { list } from './commands/list.ts';
import { nodes } from './commands/nodes.ts';
import { resetPassword } from './commands/reset-password.ts';
import { restore } from './commands/restore.ts';
import { store } from './commands/store.ts';

export const COMMANDS: readonly Command[] = [
  createUser,
  resetPassword,
  invite,
  list,
  disable,
  enable,
  makeAdmin,
  revokeAdmin,
  nodes,
  store,
  backup,
  restore,
  check,
];
