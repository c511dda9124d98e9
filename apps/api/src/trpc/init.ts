// The kinds of procedures: for anybody, for the signed-in, for admins. Holds no procedure itself.
import { initTRPC } from '@trpc/server';
import type { Context } from './context.ts';
import { errorData, refusal } from './error.ts';

const trpc = initTRPC.context<Context>().create({
  errorFormatter({ shape, error }) {
    const data = { code: shape.data.code, httpStatus: shape.data.httpStatus, ...errorData(error) };
    return { ...shape, message: data.ferryCode, data };
  },
});

export const { router } = trpc;
export const publicProcedure = trpc.procedure;

export const signedInProcedure = publicProcedure.use(({ ctx, next }) => {
  const { session } = ctx;
  if (!session) throw refusal('unauthenticated');
  return next({ ctx: { ...ctx, session } });
});

export const adminProcedure = signedInProcedure.use(({ ctx, next }) => {
  if (!ctx.session.account.isAdmin) throw refusal('forbidden');
  return next();
});
