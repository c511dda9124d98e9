// Single-use invite links, made by admins.
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { hashSecret, newSecret } from '../../accounts/secret.ts';
import { deleteInvite, insertInvite, listInvites } from '../../db/queries/invites.ts';
import { refusal } from '../error.ts';
import { adminProcedure, router } from '../init.ts';

const LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

export const invitesRouter = router({
  /** The code is told once, here; only its hash is kept. */
  create: adminProcedure.mutation(({ ctx }) => {
    const code = newSecret();
    const createdAt = Date.now();
    const invite = { inviteId: randomUUID(), createdAt, expiresAt: createdAt + LIFETIME_MS };
    const createdBy = ctx.session.account.userId;
    insertInvite(ctx.services.db, { ...invite, createdBy, codeHash: hashSecret(code) });
    return { ...invite, path: `/register?invite=${code}` };
  }),

  list: adminProcedure.query(({ ctx }) => listInvites(ctx.services.db)),

  revoke: adminProcedure.input(z.object({ inviteId: z.uuid() })).mutation(({ ctx, input }) => {
    if (!deleteInvite(ctx.services.db, input.inviteId)) throw refusal('not-found');
  }),
});
