import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { Passwords } from '../accounts/passwords.ts';
import { openDatabase } from '../db/client.ts';
import { databaseFile } from '../db/data-folder.ts';
import { insertDevice } from '../db/queries/devices.ts';
import { columnsToRelease } from '../db/queries/store-device-places.ts';
import { findOffer, putOffer } from '../db/queries/store-offers.ts';
import { assignPlace } from '../db/queries/store-places.ts';
import { putReport, quarantine, reportsOf } from '../db/queries/store-reports.ts';
import { insertVersion } from '../db/queries/store-versions.ts';
import { findUserByName } from '../db/queries/users.ts';
import { versionRow } from '../store/begun-version.ts';
import { firstDatabase, laterDatabase } from '../testing/old-database.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { runAdmin } from './run-admin.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = join(temporaryFolder(), 'data');
});

/** @param password what is typed when one is asked for */
async function admin(line: string, { password = 'correct horse', ...variables }: Record<string, string> = {}) {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = {
    say: (text: string) => void out.push(text),
    note: (text: string) => void err.push(text),
    readPassword: async () => password,
  };
  const env = { DATA_DIR: dataDir, REGISTRATION: 'invite', ...variables };
  const code = await runAdmin(line.split(' ').filter(Boolean), env, terminal);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

async function hasPassword(username: string, password: string): Promise<boolean> {
  const { db, close } = openDatabase(dataDir);
  try {
    return await new Passwords().verify(findUserByName(db, username)?.passwordHash, password);
  } finally {
    close();
  }
}

describe('accounts', () => {
  test('are made, the first as an admin in a new database, with the password that was told or made up', async () => {
    expect(await admin('create-user ann')).toEqual({
      code: 0,
      out: 'ann can sign in now, and is an admin.',
      err: `Makes a new database in ${dataDir}`,
    });
    expect(await hasPassword('ann', 'correct horse')).toBe(true);
    const { out, err } = await admin('create-user Bén --generate', { password: 'not asked for' });
    const [, generated] = out.match(/^Bén can sign in now\.\nPassword: ((?:[b-z2-9]{5}-){3}[b-z2-9]{5})$/)!;
    expect(err).toBe('');
    expect(await hasPassword('bén', generated!)).toBe(true);
  });

  test.each([
    ['create-user a', {}, 2, /^A username has 2 to 32 characters\.\n\nferry-admin create-user/],
    ['create-user a:b', {}, 2, /^A username has letters, digits, dots, dashes and underscores only\./],
    ['create-user ANN', {}, 1, /^That name is taken\. Nothing was changed\.$/],
    ['create-user ben', { password: 'short' }, 1, /^A password has 8 to 256 characters\.$/],
    ['reset-password nobody', {}, 1, /^Nobody has that name\. ferry-admin list tells/],
    ['reset-password ann', { password: 'x'.repeat(257) }, 1, /^A password has 8 to 256 characters\.$/],
    ['disable ann', {}, 1, /^This is the only admin who is not switched off/],
    ['list', { DATA_DIR: '/nowhere' }, 1, /^There is no database in \/nowhere\./],
    ['list', { DATA_DIR: ':memory:' }, 1, /^DATA_DIR is ":memory:"/],
    ['invite --expires-in-days 0', {}, 2, /^--expires-in-days is a whole number from 1 to 365\./],
    ['invite --origin ferry.example.com', {}, 2, /^--origin is the address of the site/],
    ['invite', { PUBLIC_ORIGIN: 'ferry' }, 1, /PUBLIC_ORIGIN must be an origin/],
    ['backup --keep 0', {}, 2, /^--keep is how many backups to keep/],
    ['restore /nowhere.sqlite', {}, 1, /^\/nowhere\.sqlite is not there\.$/],
    ['frobnicate', {}, 2, /^There is no command "frobnicate"\.\n\nferry-admin <command>/],
  ])('"%s" with %j fails with %i and a sentence', async (line, variables, code, sentence) => {
    await admin('create-user ann');
    const ended = await admin(line, variables as Record<string, string>);
    expect(ended).toEqual({ code, out: '', err: expect.stringMatching(sentence) });
  });

  test('get another password, and are told when that alone lets nobody in', async () => {
    await admin('create-user ann');
    await admin('create-user ben');
    expect((await admin('reset-password BEN', { password: 'another one' })).out).toBe(
      'ben has another password and is signed out everywhere.',
    );
    expect(await hasPassword('ben', 'another one')).toBe(true);
    await admin('disable ben');
    expect((await admin('reset-password ben')).out).toMatch(/is still switched off: ferry-admin enable ben\.$/);
  });

  test('are listed, for people and for programs', async () => {
    await admin('create-user ann');
    expect((await admin('list')).out).toMatch(
      /^name +status +devices +last seen \(UTC\) +since \(UTC\)\nann +admin +0 +never +\d/,
    );
    await admin('create-user ben');
    await admin('disable ben');
    const { db, sqlite, close } = openDatabase(dataDir);
    sqlite
      .prepare("INSERT INTO devices VALUES ('d1', ?, 'Chromium', 1, 1000), ('d2', ?, 'Firefox', 1, 2000)")
      .run(...Array(2).fill(findUserByName(db, 'ben')!.userId));
    close();
    expect((await admin('list')).out).toMatch(/\nben +disabled +2 +1970-01-01 00:00 /);
    const [ann, ben] = JSON.parse((await admin('list --json')).out);
    expect(ann).toMatchObject({ username: 'ann', isAdmin: true, disabledAt: null, lastSeenAt: null, devices: [] });
    expect(ben).toMatchObject({
      isAdmin: false,
      disabledAt: expect.stringMatching(/^20/),
      lastSeenAt: '1970-01-01T00:00:02.000Z',
      devices: [{ name: 'Firefox' }, { name: 'Chromium', lastSeenAt: '1970-01-01T00:00:01.000Z' }],
    });
  });

  test('are made admins, and no admins', async () => {
    await admin('create-user ann');
    await admin('create-user ben');
    expect((await admin('make-admin ben')).out).toBe('ben is an admin.');
    expect((await admin('revoke-admin ann')).out).toBe('ann is no admin.');
    expect((await admin('revoke-admin ben')).code).toBe(1);
    expect((await admin('enable ann')).out).toBe('ann can sign in.');
  });
});

describe('an invite', () => {
  test('needs an admin in whose name it is', async () => {
    openDatabase(dataDir).close();
    expect(await admin('invite')).toMatchObject({ code: 1, err: expect.stringMatching(/^There is no admin yet\./) });
  });

  test('is a link where the site is known, else a code', async () => {
    await admin('create-user ann');
    const site = { PUBLIC_ORIGIN: 'https://ferry.example.com' };
    expect((await admin('invite', site)).out).toMatch(/^https:\/\/ferry\.example\.com\/register\?invite=[\w-]{43}$/);
    expect((await admin('invite --origin http://localhost:3000/', site)).out).toMatch(/^http:\/\/localhost:3000\/reg/);
    const { out, err } = await admin('invite --expires-in-days 30');
    expect(out).toMatch(/^[\w-]{43}$/);
    const until = new Date(Date.now() + 30 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    expect(err).toContain(`until ${until}`);
    expect((await admin('invite', { REGISTRATION: 'open' })).err).toMatch(/nobody needs an invite/);
    expect((await admin('invite', { REGISTRATION: 'closed' })).err).toMatch(/no invite is taken/);
  });
});

describe('computers without a browser', () => {
  test('are made for somebody, listed, and removed', async () => {
    await admin('create-user ann');
    expect((await admin('nodes list')).out).toBe('There are none.');
    const { out: token, err } = await admin('nodes create Cellar --owner ANN');
    expect(token).toMatch(/^ferry-node_[\w-]{43}$/);
    const [, nodeId] = err.match(/^The token of Cellar, which is ann’s\. It is not told again\. Its id: ([\w-]{36})$/)!;
    expect((await admin('nodes list')).out).toBe(
      `name    owner  last seen (UTC)  GB used     id\nCellar  ann    never            0.0 of 0.0  ${nodeId}`,
    );
    expect(JSON.parse((await admin('nodes list --json')).out)).toMatchObject([
      { nodeId, name: 'Cellar', owner: 'ann', lastSeenAt: null, offeredBytes: 0 },
    ]);
    const removed = await admin(`nodes remove ${nodeId}`);
    expect(removed).toMatchObject({ code: 0, out: expect.stringMatching(/^Cellar is removed: /) });
    expect((await admin('nodes list')).out).toBe('There are none.');
  });

  test.each([
    ['nodes', 2, /^nodes needs list\|create\|remove\./],
    ['nodes frobnicate', 2, /^Say nodes list, nodes create or nodes remove\./],
    ['nodes create --owner ann', 2, /^nodes create needs a name/],
    [`nodes create ${'x'.repeat(65)} --owner ann`, 2, /^nodes create needs a name/],
    ['nodes create Cellar', 2, /^nodes create needs --owner/],
    ['nodes create Cellar --owner nobody', 1, /^Nobody has that name\./],
    ['nodes remove', 2, /^nodes remove needs an id/],
    ['nodes remove 1234', 1, /^No computer has that id\./],
  ])('"%s" fails with %i and a sentence', async (line, code, sentence) => {
    await admin('create-user ann');
    expect(await admin(line)).toEqual({ code, out: '', err: expect.stringMatching(sentence) });
  });

  test('one person has so many of them', async () => {
    await admin('create-user ann');
    for (let made = 0; made < 20; made++) await admin(`nodes create Rack-${made} --owner ann`);
    expect(await admin('nodes create Last --owner ann')).toEqual({
      code: 1,
      out: '',
      err: 'One person has at most 20 such computers. Nothing was changed.',
    });
  });
});

describe('the database', () => {
  test('is backed up under Ferry’s own names, of which only so many are kept', async () => {
    await admin('create-user ann');
    const made: string[] = [];
    for (let round = 0; round < 3; round++) made.push((await admin('backup')).out);
    writeFileSync(join(dataDir, 'backups', 'mine.sqlite'), '');
    const last = await admin('backup --keep 2');
    const [name, ...deleted] = last.out.split('\n');
    expect(deleted).toEqual(made.slice(0, 2).map((file) => `Deleted ${basename(file)}`));
    expect(last.err).toBe('');
    const left = readdirSync(join(dataDir, 'backups')).map((name) => join(dataDir, 'backups', name));
    expect(left.sort()).toEqual([made[2], name, join(dataDir, 'backups', 'mine.sqlite')].sort());
  });

  test('is backed up into the file or folder that is named', async () => {
    await admin('create-user ann');
    const folder = temporaryFolder();
    expect((await admin(`backup ${folder} --keep 5`)).out).toMatch(new RegExp(`^${folder}/ferry-.*Z\\.sqlite$`));
    const file = join(folder, 'mine.sqlite');
    expect((await admin(`backup ${file}`)).out).toBe(file);
    expect(await admin(`backup ${file}`)).toMatchObject({ code: 1, err: `${file} is there already.` });
    expect(await admin(`backup ${file} --keep 5`)).toMatchObject({ code: 2 });
    // Not even over the database itself.
    expect(await admin(`backup ${databaseFile(dataDir)}`)).toMatchObject({ code: 1 });
    expect(await admin('list')).toMatchObject({ code: 0 });
  });

  test('is restored, and says where the old one is', async () => {
    await admin('create-user ann');
    const backup = (await admin('backup')).out;
    await admin('create-user ben');
    const { code, out, err } = await admin(`restore ${backup}`);
    expect([code, out]).toEqual([0, `${backup} is the database now. Everybody must sign in again.`]);
    const aside = err.replace('What was there before is ', '');
    expect(existsSync(aside)).toBe(true);
    expect((await admin('list')).out).not.toContain('ben');
    await admin(`restore ${aside}`);
    expect((await admin('list')).out).toContain('ben');
  });

  test('of an older version is backed up and looked over as it is, and brought up to date for the rest', async () => {
    const file = firstDatabase(dataDir);
    const before = readFileSync(file);
    expect(await admin('check')).toMatchObject({ code: 0, out: expect.stringMatching(/of an older Ferry/) });
    await admin('backup');
    expect(readFileSync(file).equals(before)).toBe(true);
    const { out, err } = await admin('list --json');
    expect(JSON.parse(out)).toHaveLength(1);
    expect(err).toMatch(/^The database was brought up to date \(0001_disabled_accounts/);
  });

  test('of a newer version is refused in words, and can still be backed up', async () => {
    laterDatabase(dataDir);
    expect(await admin('list')).toMatchObject({ code: 1, err: expect.stringMatching(/was made by a newer Ferry/) });
    const { code, out } = await admin('backup');
    expect([code, statSync(out).size > 0]).toEqual([0, true]);
  });

  test('that is not as it should be makes check fail', async () => {
    await admin('create-user ann');
    expect(await admin('check')).toMatchObject({ code: 0, err: '' });
    writeFileSync(databaseFile(dataDir), 'Dear diary');
    const { code, out } = await admin('check');
    expect(code).toBe(1);
    expect(out).toMatch(/WRONG {2}structure {4}.* is not a SQLite database/);
  });
});

describe('the Store', () => {
  const DEVICE = 'd0000000-0000-4000-8000-000000000000';
  const VERSION = 'f0000000-0000-4000-8000-000000000000';

  /** Ann has stored a file, and her device is in quarantine. */
  async function prepared(): Promise<void> {
    await admin('create-user ann');
    const { db, close } = openDatabase(dataDir);
    const { userId } = findUserByName(db, 'ann')!;
    insertDevice(db, { deviceId: DEVICE, userId, name: 'Laptop', createdAt: 0, lastSeenAt: 0 });
    const room = { offeredBytes: 1, usedBytes: 0, freeBytes: 1, isAlwaysOn: false, updatedAt: 0 };
    putOffer(db, { deviceId: DEVICE, ...room });
    quarantine(db, DEVICE, 60_000);
    const content = { type: 'file' as const, name: 'plan.pdf', mediaType: '', modifiedMs: 0, key: 'k'.repeat(43) };
    const begun = { versionId: VERSION, deviceId: DEVICE, sizeBytes: 2e9, expiresAt: null, content };
    insertVersion(db, versionRow(begun, userId, 0));
    assignPlace(
      db,
      { versionId: VERSION, group: 0, index: 0, deviceId: DEVICE, sizeBytes: 1, sourceDeviceId: null },
      0,
    );
    const report = { holderId: DEVICE, versionId: VERSION, group: 0, index: 0, reporterId: userId, reportedAt: 1 };
    putReport(db, report);
    close();
  }

  test('has devices in quarantine, which are listed and let out', async () => {
    await prepared();
    expect((await admin('store quarantined')).out).toBe(
      `name    owner  since (UTC)       id\nLaptop  ann    1970-01-01 00:01  ${DEVICE}`,
    );
    expect(JSON.parse((await admin('store quarantined --json')).out)).toEqual([
      { deviceId: DEVICE, name: 'Laptop', owner: 'ann', quarantinedAt: '1970-01-01T00:01:00.000Z' },
    ]);
    const released = await admin(`store release ${DEVICE}`);
    expect(released).toEqual({ code: 0, out: 'Laptop of ann counts again, within a minute.', err: '' });
    expect((await admin('store quarantined')).out).toBe('There are none.');
    const { db, close } = openDatabase(dataDir);
    expect([findOffer(db, DEVICE)!.quarantinedAt, reportsOf(db, DEVICE, 0)]).toEqual([null, []]);
    close();
  });

  test('has files of people, which are listed and removed, and their pieces are let go of', async () => {
    await prepared();
    expect((await admin('store files ANN')).out).toBe(
      `name      GB     added (UTC)       id\nplan.pdf  2.000  1970-01-01 00:00  ${VERSION}`,
    );
    expect(JSON.parse((await admin('store files ann --json')).out)).toMatchObject([{ versionId: VERSION }]);
    const removed = await admin(`store remove ${VERSION}`);
    expect(removed).toMatchObject({ code: 0, out: expect.stringMatching(/^plan\.pdf is deleted\. Whoever keeps/) });
    expect((await admin('store files ann')).out).toBe('There are none.');
    expect((await admin(`store remove ${VERSION}`)).code).toBe(1);
    const { db, close } = openDatabase(dataDir);
    expect(columnsToRelease(db, DEVICE, 9)).toHaveLength(1);
    close();
  });

  test.each([
    ['store', 2, /^store needs quarantined\|release\|files\|remove\./],
    ['store frobnicate', 2, /^Say store quarantined, store release/],
    ['store release', 2, /^store release needs an id/],
    ['store release 1234', 1, /^No device in quarantine has that id\./],
    ['store files', 2, /^store files needs a username/],
    ['store files nobody', 1, /^Nobody has that name\./],
    ['store remove', 2, /^store remove needs an id/],
    ['store remove 1234', 1, /^Nothing stored has that id\./],
  ])('"%s" fails with %i and a sentence', async (line, code, sentence) => {
    await admin('create-user ann');
    expect(await admin(line)).toEqual({ code, out: '', err: expect.stringMatching(sentence) });
  });
});
