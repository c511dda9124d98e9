// Queries on invites, by the hash of their code. Decides nothing.
import type { Invite } from '@ferry/shared';
import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { invites, users } from '../schema.ts';

export function insertInvite(db: Database, invite: typeof invites.$inferInsert): void {
  db.insert(invites).values(invite).run();
}

/** Newest first, used ones too. */
export function listInvites(db: Database): Invite[] {
  return db
    .select({
      inviteId: invites.inviteId,
      createdAt: invites.createdAt,
      expiresAt: invites.expiresAt,
      usedBy: users.username,
    })
    .from(invites)
    .leftJoin(users, eq(users.userId, invites.usedBy))
    .orderBy(desc(invites.createdAt))
    .all();
}

/** Whether the code was valid, unused until now, and is used up from now on. */
export function useInvite(db: Database, codeHash: Buffer, userId: string, now: number): boolean {
  const unused = and(eq(invites.codeHash, codeHash), isNull(invites.usedAt), gt(invites.expiresAt, now));
  return db.update(invites).set({ usedBy: userId, usedAt: now }).where(unused).run().changes === 1;
}

/** Whether such an unused invite was there. */
export function deleteInvite(db: Database, inviteId: string): boolean {
  return (
    db
      .delete(invites)
      .where(and(eq(invites.inviteId, inviteId), isNull(invites.usedAt)))
      .run().changes === 1
  );
}

/** @returns how many there were */
export function deleteUnusedInvitesOf(db: Database, userId: string): number {
  return db
    .delete(invites)
    .where(and(eq(invites.createdBy, userId), isNull(invites.usedAt)))
    .run().changes;
}
