// Queries on sessions, by the hash of their token. Decides nothing.
import { and, eq, gt, inArray, isNull, lte } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { sessions, users } from '../schema.ts';

export interface SessionRow {
  userId: string;
  username: string;
  isAdmin: boolean;
  /** Of a holder without a browser. */
  nodeId: string | null;
  expiresAt: number;
}

/** A session that has not expired, with its user, who is not disabled. */
export function findSession(db: Database, tokenHash: Buffer, now: number): SessionRow | undefined {
  return db
    .select({
      userId: users.userId,
      username: users.username,
      isAdmin: users.isAdmin,
      nodeId: sessions.nodeId,
      expiresAt: sessions.expiresAt,
    })
    .from(sessions)
    .innerJoin(users, eq(users.userId, sessions.userId))
    .where(and(eq(sessions.tokenHash, tokenHash), isLive(now)))
    .get();
}

/** Those of these sessions that {@link findSession} would find. */
export function liveSessions(db: Database, tokenHashes: Buffer[], now: number): Buffer[] {
  return db
    .select({ tokenHash: sessions.tokenHash })
    .from(sessions)
    .innerJoin(users, eq(users.userId, sessions.userId))
    .where(and(inArray(sessions.tokenHash, tokenHashes), isLive(now)))
    .all()
    .map(({ tokenHash }) => tokenHash);
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

/** @returns how many there were */
export function deleteSessionsOf(db: Database, userId: string): number {
  return db.delete(sessions).where(eq(sessions.userId, userId)).run().changes;
}

/** @returns the hashes of their tokens */
export function deleteSessionsOfNode(db: Database, nodeId: string): Buffer[] {
  const ended = db.delete(sessions).where(eq(sessions.nodeId, nodeId)).returning({ tokenHash: sessions.tokenHash });
  return ended.all().map(({ tokenHash }) => tokenHash);
}

export function deleteExpiredSessions(db: Database, now: number): void {
  db.delete(sessions).where(lte(sessions.expiresAt, now)).run();
}

function isLive(now: number) {
  return and(gt(sessions.expiresAt, now), isNull(users.disabledAt));
}
