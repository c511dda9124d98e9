// The rules of registering and signing in. Knows no HTTP: it answers with a user or a refusal.
import { type RegistrationMode, type RegistrationPolicy, usernameKey } from '@ferry/shared';
import type { Database } from '../db/client.ts';
import { useInvite } from '../db/queries/invites.ts';
import { countUsers, findUserByName, insertUser, type UserRow } from '../db/queries/users.ts';
import { refusal } from '../trpc/error.ts';
import type { AccountLimits } from './limits.ts';
import { newUser } from './new-user.ts';
import type { Passwords } from './passwords.ts';
import { hashSecret } from './secret.ts';

interface Dependencies {
  db: Database;
  registration: RegistrationMode;
  passwords: Passwords;
  limits: AccountLimits;
}

interface Credentials {
  username: string;
  password: string;
}

export class Accounts {
  readonly #db: Database;
  readonly #registration: RegistrationMode;
  readonly #passwords: Passwords;
  readonly #limits: AccountLimits;

  constructor({ db, registration, passwords, limits }: Dependencies) {
    this.#db = db;
    this.#registration = registration;
    this.#passwords = passwords;
    this.#limits = limits;
  }

  policy(): RegistrationPolicy {
    return { mode: this.#registration, firstUser: countUsers(this.#db) === 0 };
  }

  /** @throws a refusal: see the register page's words */
  async register(wanted: Credentials & { invite?: string }, address: string): Promise<UserRow> {
    await this.#limits.checkRegistration(address);
    // Looked at before hashing, so that a refusal costs nothing; decided in the transaction below.
    this.#checkPolicy(wanted.invite);
    if (findUserByName(this.#db, wanted.username)) throw refusal('username-taken');
    const passwordHash = await this.#passwords.hash(wanted.password);
    return this.#db.transaction((transaction) => this.#insert(transaction, wanted, passwordHash), {
      behavior: 'immediate',
    });
  }

  /**
   * @throws `wrong-credentials`, the same for an unknown user and a wrong password, after the same time;
   * `account-disabled` only to who knows the password
   */
  async signIn({ username, password }: Credentials, address: string): Promise<UserRow> {
    const key = usernameKey(username);
    await this.#limits.checkSignIn(key, address);
    const passwordHash = findUserByName(this.#db, username)?.passwordHash;
    if (await this.#passwords.verify(passwordHash, password)) {
      await this.#limits.signInSucceeded(key, address);
      // As they are now: hashing takes a while, and meanwhile the password may have been reset.
      const user = findUserByName(this.#db, username);
      if (user?.disabledAt) throw refusal('account-disabled');
      if (user?.passwordHash === passwordHash) return user!;
    }
    await this.#limits.signInFailed(key, address);
    throw refusal('wrong-credentials');
  }

  #insert(db: Database, { username, invite }: Credentials & { invite?: string }, passwordHash: string): UserRow {
    const isFirst = countUsers(db) === 0;
    if (findUserByName(db, username)) throw refusal('username-taken');
    this.#checkPolicy(invite);
    const user = newUser({ username, passwordHash, isAdmin: isFirst });
    insertUser(db, user);
    const needsInvite = !isFirst && this.#registration === 'invite';
    if (needsInvite && !useInvite(db, hashSecret(invite!), user.userId, user.createdAt)) {
      throw refusal('invite-invalid');
    }
    return user;
  }

  /** The first person may always register: somebody must be the admin. */
  #checkPolicy(invite: string | undefined): void {
    if (this.#registration === 'open' || countUsers(this.#db) === 0) return;
    if (this.#registration === 'closed') throw refusal('registration-closed');
    if (!invite) throw refusal('invite-required');
  }
}
