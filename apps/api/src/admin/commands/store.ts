// store: what of the Store only whoever runs Ferry can put right: devices in quarantine, and what somebody has stored.
import type { Database } from '../../db/client.ts';
import { endDelivery } from '../../db/queries/store-deliveries.ts';
import {
  deleteReportsOf,
  endQuarantine,
  type QuarantinedDevice,
  quarantinedDevices,
} from '../../db/queries/store-reports.ts';
import { findVersion, type VersionRow, versionsOf } from '../../db/queries/store-versions.ts';
import { removeVersion } from '../../store/version-removal.ts';
import { type Actions, runAction } from '../actions.ts';
import type { Call, Command } from '../command.ts';
import { Failure, UsageError } from '../failure.ts';
import { isoOf, minuteOf } from '../moments.ts';
import type { OpenAccounts } from '../open-accounts.ts';
import { asTable } from '../table.ts';

export const store: Command = {
  name: 'store',
  syntax: 'quarantined|release|files|remove [username or id] [--json]',
  summary:
    'Lists devices in quarantine; lets one out; lists what somebody has stored; deletes something stored, whoever’s it is.',
  operands: [1, 2],
  options: { json: { type: 'boolean' } },
  run: (call) => runAction(call, 'store', actions),
};

const actions: Actions = { quarantined, release, files, remove };

function quarantined({ options, terminal }: Call, { db }: OpenAccounts): void {
  const all = quarantinedDevices(db);
  if (options.json) return terminal.say(JSON.stringify(all.map(deviceAsJson), null, 2));
  if (all.length === 0) return terminal.say('There are none.');
  const rows = all.map((device) => [device.name, device.username, minuteOf(device.quarantinedAt), device.deviceId]);
  terminal.say(asTable([['name', 'owner', 'since (UTC)', 'id'], ...rows]));
}

function release({ operands: [, deviceId], terminal }: Call, { db }: OpenAccounts): void {
  if (deviceId === undefined) throw new UsageError('store release needs an id: store quarantined tells them.', 'store');
  const device = quarantinedDevices(db).find((each) => each.deviceId === deviceId);
  if (!device) throw new Failure('No device in quarantine has that id. ferry-admin store quarantined tells them.');
  db.transaction((transaction) => {
    endQuarantine(transaction, deviceId);
    // Else one more person would put it back.
    deleteReportsOf(transaction, deviceId);
  });
  terminal.say(`${device.name} of ${device.username} counts again, within a minute.`);
}

function files({ operands: [, username], options, terminal }: Call, { db, accounts }: OpenAccounts): void {
  if (username === undefined) throw new UsageError('store files needs a username.', 'store');
  const all = versionsOf(db, accounts.user(username).userId);
  if (options.json) return terminal.say(JSON.stringify(all.map(versionAsJson), null, 2));
  if (all.length === 0) return terminal.say('There are none.');
  const rows = all.map((version) => [
    nameOf(version),
    (version.sizeBytes / 1e9).toFixed(3),
    minuteOf(version.createdAt),
    version.versionId,
  ]);
  terminal.say(asTable([['name', 'GB', 'added (UTC)', 'id'], ...rows]));
}

function remove({ operands: [, versionId], terminal }: Call, { db }: OpenAccounts): void {
  const version = versionNamed(db, versionId);
  const nowMs = Date.now();
  db.transaction((transaction) => {
    if (version.contentType === 'delivery') endDelivery(transaction, version.versionId, undefined, nowMs);
    removeVersion(transaction, version, nowMs);
  });
  terminal.say(
    `${nameOf(version)} is deleted. Whoever keeps pieces of it deletes them, also when they come back later.`,
  );
}

function versionNamed(db: Database, versionId: string | undefined): VersionRow {
  if (versionId === undefined) throw new UsageError('store remove needs an id: store files tells them.', 'store');
  const version = findVersion(db, versionId);
  if (version && version.goneAt === null) return version;
  throw new Failure('Nothing stored has that id. ferry-admin store files <username> tells what somebody has stored.');
}

/** What a delivery is called only its recipient can read. */
function nameOf({ contentType, name }: VersionRow): string {
  return contentType === 'delivery' ? '(for one person)' : name;
}

function deviceAsJson({ quarantinedAt, username: owner, ...device }: QuarantinedDevice) {
  return { ...device, owner, quarantinedAt: isoOf(quarantinedAt) };
}

function versionAsJson({ versionId, contentType, name, sizeBytes, createdAt }: VersionRow) {
  return { versionId, contentType, name, sizeBytes, createdAt: isoOf(createdAt) };
}
