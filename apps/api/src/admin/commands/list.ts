// list: who has an account, and when each was here.
import { allDevices, type DeviceRow } from '../../db/queries/devices.ts';
import { allUsers, type UserRow } from '../../db/queries/users.ts';
import type { Command } from '../command.ts';
import { isoOf, minuteOf } from '../moments.ts';
import { withAccounts } from '../open-accounts.ts';
import { asTable } from '../table.ts';

interface Listed {
  user: UserRow;
  /** The one last seen first. */
  devices: DeviceRow[];
}

export const list: Command = {
  name: 'list',
  syntax: '[--json]',
  summary: 'Lists the accounts with their devices, and when each was last seen.',
  operands: [0, 0],
  options: { json: { type: 'boolean' } },
  run: (call) =>
    withAccounts(call, ({ db }) => {
      const devices = Map.groupBy(allDevices(db), ({ userId }) => userId);
      const listed = allUsers(db).map((user) => ({ user, devices: devices.get(user.userId) ?? [] }));
      const text = call.options.json ? JSON.stringify(listed.map(asJson), null, 2) : asText(listed);
      call.terminal.say(text);
      return undefined;
    }),
};

function asText(listed: readonly Listed[]): string {
  if (listed.length === 0) return 'Nobody has an account yet.';
  const rows = listed.map(({ user, devices }) => [
    user.username,
    [user.isAdmin ? 'admin' : '', user.disabledAt ? 'disabled' : ''].filter(Boolean).join(', '),
    String(devices.length),
    devices[0] ? minuteOf(devices[0].lastSeenAt) : 'never',
    minuteOf(user.createdAt),
  ]);
  return asTable([['name', 'status', 'devices', 'last seen (UTC)', 'since (UTC)'], ...rows]);
}

function asJson({ user, devices }: Listed) {
  return {
    username: user.username,
    userId: user.userId,
    isAdmin: user.isAdmin,
    createdAt: isoOf(user.createdAt),
    disabledAt: user.disabledAt ? isoOf(user.disabledAt) : null,
    lastSeenAt: devices[0] ? isoOf(devices[0].lastSeenAt) : null,
    devices: devices.map(({ name, lastSeenAt }) => ({ name, lastSeenAt: isoOf(lastSeenAt) })),
  };
}
