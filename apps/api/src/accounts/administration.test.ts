import { beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../db/client.ts';
import { listInvites } from '../db/queries/invites.ts';
import { findSession } from '../db/queries/sessions.ts';
import { Administration } from './administration.ts';
import { createInvite } from './invitations.ts';
import { Passwords } from './passwords.ts';
import { hashSecret } from './secret.ts';
import { Sessions } from './sessions.ts';

let db: Database;
let accounts: Administration;
const passwords = new Passwords();
beforeEach(() => {
  ({ db } = openDatabase(':memory:'));
  accounts = new Administration(db, passwords);
});

const create = (username: string, isAdmin = false) =>
  accounts.createUser({ username, password: 'correct horse', isAdmin });

/** A session of this user, and whether it still is one. */
function session(userId: string): () => boolean {
  const token = new Sessions(db).create(userId);
  return () => findSession(db, hashSecret(token), Date.now()) !== undefined;
}

describe('creating', () => {
  test('makes the first one an admin in any case, others as told', async () => {
    const made = [await create('ann'), await create('ben'), await create('cem', true)];
    expect(made.map(({ isAdmin }) => isAdmin)).toEqual([true, false, true]);
  });

  test('refuses a name that is taken in another case, and hashes what it takes', async () => {
    const { passwordHash } = await create('Ann');
    await expect(create('ANN')).rejects.toMatchObject({ code: 'username-taken' });
    expect(() => accounts.checkFree('ann')).toThrow(expect.objectContaining({ code: 'username-taken' }));
    expect(await passwords.verify(passwordHash, 'correct horse')).toBe(true);
  });
});

test('another password ends the sessions of that one person', async () => {
  const [ann, ben] = [await create('ann'), await create('ben')];
  const [annIsIn, benIsIn] = [session(ann.userId), session(ben.userId)];
  const { passwordHash } = await accounts.resetPassword('BEN', 'another password');
  expect([annIsIn(), benIsIn()]).toEqual([true, false]);
  expect(await passwords.verify(passwordHash, 'another password')).toBe(true);
});

describe('disabling', () => {
  test('ends the sessions and unused invites of that one person, until enabled', async () => {
    const [ann, ben] = [await create('ann'), await create('ben', true)];
    const [annIsIn, benIsIn] = [session(ann.userId), session(ben.userId)];
    for (const { userId } of [ann, ben]) createInvite(db, userId);
    const { disabledAt } = accounts.disable('ben');
    expect(disabledAt).toBeGreaterThan(0);
    expect([annIsIn(), benIsIn()]).toEqual([true, false]);
    expect(listInvites(db)).toHaveLength(1);
    expect(accounts.disable('ben').disabledAt).toBe(disabledAt);
    expect(accounts.enable('ben').disabledAt).toBeNull();
    expect(session(ben.userId)()).toBe(true);
  });

  test('leaves no session that was made meanwhile', async () => {
    await create('ann');
    const ben = await create('ben');
    accounts.disable('ben');
    expect(session(ben.userId)()).toBe(false);
  });

  test('spares the last admin who is not disabled', async () => {
    await create('ann');
    await create('ben', true);
    await create('cem');
    accounts.disable('ann');
    expect(() => accounts.disable('ben')).toThrow(expect.objectContaining({ code: 'last-admin' }));
    expect(() => accounts.revokeAdmin('ben')).toThrow(expect.objectContaining({ code: 'last-admin' }));
    accounts.makeAdmin('cem');
    expect(accounts.disable('ben').disabledAt).not.toBeNull();
  });
});

test('who is no admin any more is signed out, and their invites are void', async () => {
  await create('ann');
  const ben = await create('ben', true);
  const benIsIn = session(ben.userId);
  createInvite(db, ben.userId);
  expect(accounts.revokeAdmin('ben').isAdmin).toBe(false);
  expect(benIsIn()).toBe(false);
  expect(listInvites(db)).toEqual([]);
});

test.each([
  ['resetting', () => accounts.resetPassword('nobody', 'another password')],
  ['disabling', async () => accounts.disable('nobody')],
  ['enabling', async () => accounts.enable('nobody')],
  ['making an admin', async () => accounts.makeAdmin('nobody')],
  ['revoking', async () => accounts.revokeAdmin('nobody')],
])('%s somebody unknown is refused', async (_, act) => {
  await expect(act()).rejects.toMatchObject({ code: 'no-such-user' });
});
