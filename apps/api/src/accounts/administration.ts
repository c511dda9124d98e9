// What whoever runs Ferry does to accounts: the rules, and the sessions that end with it. Knows no terminal.
import type { Database } from '../db/client.ts';
import { deleteUnusedInvitesOf } from '../db/queries/invites.ts';
import { deleteSessionsOf } from '../db/queries/sessions.ts';
import {
  countUsers,
  enabledAdmins,
  findUserByName,
  insertUser,
  type UserRow,
  updateUser,
} from '../db/queries/users.ts';
import { newUser } from './new-user.ts';
import type { Passwords } from './passwords.ts';

export type AdministrationErrorCode =
  | 'username-taken'
  | 'no-such-user'
  /** Nobody could look after Ferry any more. */
  | 'last-admin'
  /** There is no admin in whose name it could be done. */
  | 'no-admin';

export class AdministrationError extends Error {
  readonly code: AdministrationErrorCode;

  constructor(code: AdministrationErrorCode) {
    super(code);
    this.code = code;
  }
}

/** Another process's server closes the sockets of sessions that end here within a few seconds. */
export class Administration {
  readonly #db: Database;
  readonly #passwords: Passwords;

  constructor(db: Database, passwords: Passwords) {
    this.#db = db;
    this.#passwords = passwords;
  }

  /** @throws AdministrationError `no-such-user` */
  user(username: string): UserRow {
    return userNamed(this.#db, username);
  }

  /** @throws AdministrationError `username-taken` */
  checkFree(username: string): void {
    if (findUserByName(this.#db, username)) throw new AdministrationError('username-taken');
  }

  /** The first one is an admin in any case, as on the site. */
  async createUser(wanted: { username: string; password: string; isAdmin: boolean }): Promise<UserRow> {
    const passwordHash = await this.#passwords.hash(wanted.password);
    return this.#change((db) => {
      if (findUserByName(db, wanted.username)) throw new AdministrationError('username-taken');
      const isAdmin = wanted.isAdmin || countUsers(db) === 0;
      const user = newUser({ username: wanted.username, passwordHash, isAdmin });
      insertUser(db, user);
      return user;
    });
  }

  /** Signs the person out everywhere. */
  async resetPassword(username: string, password: string): Promise<UserRow> {
    const passwordHash = await this.#passwords.hash(password);
    return this.#changeUser(username, (db, { userId }) => {
      updateUser(db, userId, { passwordHash });
      deleteSessionsOf(db, userId);
    });
  }

  /** Signs the person out everywhere; invites of theirs that nobody has used are void. */
  disable(username: string): UserRow {
    return this.#changeUser(username, (db, user) => {
      if (user.disabledAt) return;
      keepAnAdmin(db, user);
      updateUser(db, user.userId, { disabledAt: Date.now() });
      deleteSessionsOf(db, user.userId);
      deleteUnusedInvitesOf(db, user.userId);
    });
  }

  enable(username: string): UserRow {
    return this.#changeUser(username, (db, { userId }) => updateUser(db, userId, { disabledAt: null }));
  }

  makeAdmin(username: string): UserRow {
    return this.#changeUser(username, (db, { userId }) => updateUser(db, userId, { isAdmin: true }));
  }

  /** Signs the person out everywhere: an open socket remembers whose it is. */
  revokeAdmin(username: string): UserRow {
    return this.#changeUser(username, (db, user) => {
      if (!user.isAdmin) return;
      keepAnAdmin(db, user);
      updateUser(db, user.userId, { isAdmin: false });
      deleteSessionsOf(db, user.userId);
      deleteUnusedInvitesOf(db, user.userId);
    });
  }

  /** @returns the user as they are after the change */
  #changeUser(username: string, change: (db: Database, user: UserRow) => void): UserRow {
    return this.#change((db) => {
      change(db, userNamed(db, username));
      return userNamed(db, username);
    });
  }

  /** Nobody signs in or registers in between. */
  #change<Result>(change: (db: Database) => Result): Result {
    return this.#db.transaction(change, { behavior: 'immediate' });
  }
}

function userNamed(db: Database, username: string): UserRow {
  const user = findUserByName(db, username);
  if (!user) throw new AdministrationError('no-such-user');
  return user;
}

function keepAnAdmin(db: Database, { userId }: UserRow): void {
  const admins = enabledAdmins(db);
  if (admins.length === 1 && admins[0]!.userId === userId) throw new AdministrationError('last-admin');
}
