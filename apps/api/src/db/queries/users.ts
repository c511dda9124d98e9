// Queries on users. Every one takes the database first and decides nothing.
import { usernameKey } from '@ferry/shared';
import { count, eq } from 'drizzle-orm';
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

export function allUsers(db: Database): Pick<UserRow, 'userId' | 'username'>[] {
  return db.select({ userId: users.userId, username: users.username }).from(users).all();
}

export function insertUser(db: Database, user: UserRow): void {
  db.insert(users).values(user).run();
}
