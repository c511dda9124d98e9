// Queries on users. Every one takes the database first and decides nothing.
import { usernameKey } from '@ferry/shared';
import { and, count, eq, isNull } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { users } from '../schema.ts';

export type UserRow = typeof users.$inferSelect;

export function findUserByName(db: Database, username: string): UserRow | undefined {
  return db
    .select()
    .from(users)
    .where(eq(users.usernameKey, usernameKey(username)))
    .get();
}

export function findUser(db: Database, userId: string): UserRow | undefined {
  return db.select().from(users).where(eq(users.userId, userId)).get();
}

export function countUsers(db: Database): number {
  return db.select({ total: count() }).from(users).get()?.total ?? 0;
}

/** Everybody a file can be handed to, now or later. */
export function allColleagues(db: Database): Pick<UserRow, 'userId' | 'username'>[] {
  return db
    .select({ userId: users.userId, username: users.username })
    .from(users)
    .where(isNull(users.disabledAt))
    .all();
}

/** Everybody who can be named as an owner in a search. */
export function allOwnerNames(db: Database): Pick<UserRow, 'userId' | 'usernameKey'>[] {
  return db
    .select({ userId: users.userId, usernameKey: users.usernameKey })
    .from(users)
    .where(isNull(users.disabledAt))
    .all();
}

/** Disabled ones too, by name. */
export function allUsers(db: Database): UserRow[] {
  return db.select().from(users).orderBy(users.usernameKey).all();
}

/** The oldest first. */
export function enabledAdmins(db: Database): UserRow[] {
  return db
    .select()
    .from(users)
    .where(and(eq(users.isAdmin, true), isNull(users.disabledAt)))
    .orderBy(users.createdAt)
    .all();
}

export function insertUser(db: Database, user: UserRow): void {
  db.insert(users).values(user).run();
}

export function updateUser(
  db: Database,
  userId: string,
  change: Partial<Pick<UserRow, 'passwordHash' | 'isAdmin' | 'disabledAt'>>,
): void {
  db.update(users).set(change).where(eq(users.userId, userId)).run();
}
