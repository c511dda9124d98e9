// The kinds of procedures that the catalog has, each with its limit. A request that is too many is refused before its
// input is even parsed: looking at a page of 500 files is work, too. Holds no procedure itself.
import type { CatalogLimits } from './catalog-limits.ts';
import { signedInProcedure } from './init.ts';

type Limit = 'search' | 'browse' | 'grant' | 'change' | 'page';

export const searchProcedure = signedInProcedure
  .use(async ({ ctx, next }) => {
    const startedMs = performance.now();
    const result = await next();
    ctx.services.metrics.catalog.searched(result, (performance.now() - startedMs) / 1000);
    return result;
  })
  .use(limitedTo('search'));

export const browseProcedure = signedInProcedure.use(limitedTo('browse'));
export const grantProcedure = signedInProcedure.use(limitedTo('grant'));
export const changeProcedure = signedInProcedure.use(limitedTo('change'));

export const publishProcedure = signedInProcedure
  .use(async ({ ctx, next }) => {
    const result = await next();
    ctx.services.metrics.catalog.published(result);
    return result;
  })
  .use(limitedTo('page'));

interface Limited<Result> {
  ctx: { services: { catalogLimits: CatalogLimits }; session: { account: { userId: string } } };
  next(): Promise<Result>;
}

function limitedTo(limit: Limit) {
  return async <Result>({ ctx, next }: Limited<Result>): Promise<Result> => {
    await ctx.services.catalogLimits[limit](ctx.session.account.userId);
    return next();
  };
}
