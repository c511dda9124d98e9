// The kinds of procedures: for anybody, for the signed-in, for admins. Holds no procedure itself.
import { initTRPC } from '@trpc/server';
import type { Context } from './context.ts';
import { errorData, refusal } from './error.ts';
import { checkNodeCall } from './node-bounds.ts';

const trpc = initTRPC.context<Context>().create({
  errorFormatter({ shape, error }) {
    const data = { code: shape.data.code, httpStatus: shape.data.httpStatus, ...errorData(error) };
    return { ...shape, message: data.ferryCode, data };
  },
});

export const { router } = trpc;

/** Every procedure begins with it, so that there is none which a node could call by oversight. */
export const publicProcedure = trpc.procedure.use(async ({ ctx, path, getRawInput, next }) => {
  const nodeId = ctx.session?.nodeId;
  if (nodeId !== undefined) checkNodeCall(nodeId, path, await getRawInput());
  return next();
});

export const signedInProcedure = publicProcedure.use(({ ctx, next }) => {
  const { session } = ctx;
  if (!session) throw refusal('unauthenticated');
  return next({ ctx: { ...ctx, session } });
});

export const adminProcedure = signedInProcedure.use(({ ctx, next }) => {
  if (!ctx.session.account.isAdmin) throw refusal('forbidden');
  return next();
});
