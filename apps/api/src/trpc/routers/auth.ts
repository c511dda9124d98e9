// Registering, signing in and out.
import {
  type Account,
  type RegistrationPolicy,
  registerSchema,
  type SignedInNode,
  signInNodeSchema,
  signInSchema,
} from '@ferry/shared';
import { nodeSigningIn } from '../../accounts/nodes.ts';
import type { UserRow } from '../../db/queries/users.ts';
import type { Context } from '../context.ts';
import { refusal } from '../error.ts';
import { publicProcedure, router } from '../init.ts';

export const authRouter = router({
  policy: publicProcedure.query(({ ctx }): RegistrationPolicy => ctx.services.accounts.policy()),

  /** Asked whenever the page is opened: the cookie lasts as long from now on as the session does. */
  me: publicProcedure.query(({ ctx: { session, cookie } }): Account | null => {
    if (session && cookie?.token) cookie.set(cookie.token);
    return session?.account ?? null;
  }),

  register: publicProcedure.input(registerSchema).mutation(async ({ ctx, input }): Promise<Account> => {
    const user = await ctx.services.accounts.register(input, ctx.address);
    ctx.services.hub.touch(user.userId);
    return startSession(ctx, user);
  }),

  signIn: publicProcedure.input(signInSchema).mutation(async ({ ctx, input }): Promise<Account> => {
    return startSession(ctx, await ctx.services.accounts.signIn(input, ctx.address));
  }),

  /** A node has one session: of two programs with one token the later one stays. */
  signInNode: publicProcedure.input(signInNodeSchema).mutation(async ({ ctx, input }): Promise<SignedInNode> => {
    const { db, accountLimits, sessions } = ctx.services;
    const { token } = input;
    const { user, nodeId, name } = await nodeSigningIn(db, accountLimits, { token, address: ctx.address });
    sessions.endNode(nodeId);
    startSession(ctx, user, nodeId);
    return { userId: user.userId, nodeId, name };
  }),

  signOut: publicProcedure.mutation(({ ctx }) => {
    ctx.services.sessions.end(ctx.cookie?.token);
    ctx.cookie?.clear();
  }),
});

/** Always a new token: one that was planted before signing in dies here (session fixation). */
function startSession({ cookie, services }: Context, user: UserRow, nodeId?: string): Account {
  if (!cookie) throw refusal('invalid');
  services.sessions.end(cookie.token);
  cookie.set(services.sessions.create(user.userId, nodeId));
  const { userId, username, isAdmin } = user;
  return { userId, username, isAdmin };
}
