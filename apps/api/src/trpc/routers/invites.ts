// Single-use invite links, made by admins.
import * as z from 'zod';
import { createInvite } from '../../accounts/invitations.ts';
import { deleteInvite, listInvites } from '../../db/queries/invites.ts';
import { refusal } from '../error.ts';
import { adminProcedure, router } from '../init.ts';

export const invitesRouter = router({
  create: adminProcedure.mutation(({ ctx }) => createInvite(ctx.services.db, ctx.session.account.userId)),

  list: adminProcedure.query(({ ctx }) => listInvites(ctx.services.db)),

  revoke: adminProcedure.input(z.object({ inviteId: z.uuid() })).mutation(({ ctx, input }) => {
    if (!deleteInvite(ctx.services.db, input.inviteId)) throw refusal('not-found');
  }),
});
