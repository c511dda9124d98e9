// The kinds of procedures that the Store has, each with its limit. A request that is too many is refused before its input is
// even parsed. Holds no procedure itself.
import { signedInProcedure } from './init.ts';
import type { StoreLimits } from './store-limits.ts';

type Limit = 'keys' | 'upload' | 'hold' | 'browse' | 'download' | 'change';

export const keysProcedure = signedInProcedure.use(limitedTo('keys'));
export const uploadProcedure = signedInProcedure.use(limitedTo('upload'));
export const holdProcedure = signedInProcedure.use(limitedTo('hold'));
export const storeBrowseProcedure = signedInProcedure.use(limitedTo('browse'));
export const downloadProcedure = signedInProcedure.use(limitedTo('download'));
export const storeChangeProcedure = signedInProcedure.use(limitedTo('change'));

interface Limited<Result> {
  ctx: { services: { store: { limits: StoreLimits } }; session: { account: { userId: string } } };
  next(): Promise<Result>;
}

function limitedTo(limit: Limit) {
  return async <Result>({ ctx, next }: Limited<Result>): Promise<Result> => {
    await ctx.services.store.limits[limit](ctx.session.account.userId);
    return next();
  };
}
