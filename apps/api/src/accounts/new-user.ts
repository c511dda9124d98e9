// A user as registered on the site or made by an admin. Checks nothing, and stores nothing.
import { randomUUID } from 'node:crypto';
import { usernameKey } from '@ferry/shared';
import type { UserRow } from '../db/queries/users.ts';

/** @param username as the shared schema leaves it */
export function newUser({
  username,
  passwordHash,
  isAdmin,
}: Pick<UserRow, 'username' | 'passwordHash' | 'isAdmin'>): UserRow {
  return {
    userId: randomUUID(),
    username,
    usernameKey: usernameKey(username),
    passwordHash,
    isAdmin,
    createdAt: Date.now(),
    disabledAt: null,
  };
}
