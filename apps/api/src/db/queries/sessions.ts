// Queries on sessions, by the hash of their token. Decides nothing.
import { and, eq, gt, lte } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { sessions, users } from '../schema.ts';

export interface SessionRow {
  userId: string;
  username: string;
  isAdmin: boolean;
  expiresAt: number;
}

/** A session that has not expired, with its user. */
export function findSession(db: Database, tokenHash: Buffer, now: number): SessionRow | undefined {
  return db
    .select({
      userId: users.userId,
      username: users.username,
      isAdmin: users.isAdmin,
      expiresAt: sessions.expiresAt,
    })
    .from(sessions)
    .innerJoin(users, eq(users.userId, sessions.userId))
    .where(and(eq(sessions.tokenHash, tokenHash), gt(sessions.expiresAt, now)))
    .get();
}

export function insertSession(db: Database, session: typeof sessions.$inferInsert): void {
  db.insert(sessions).values(session).run();
}

export function extendSession(db: Database, tokenHash: Buffer, expiresAt: number): void {
  db.update(sessions).set({ expiresAt }).where(eq(sessions.tokenHash, tokenHash)).run();
}

export function deleteSession(db: Database, tokenHash: Buffer): void {
  db.delete(sessions).where(eq(sessions.tokenHash, tokenHash)).run();
}

export function deleteExpiredSessions(db: Database, now: number): void {
  db.delete(sessions).where(lte(sessions.expiresAt, now)).run();
}
