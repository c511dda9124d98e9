// How full the Store is: of oneself, and as a whole.
import type { StoreOverview, StoreUsage } from '@ferry/shared';
import { storeBrowseProcedure } from '../store-procedures.ts';

export const overviewProcedures = {
  usage: storeBrowseProcedure.query(({ ctx }): StoreUsage => {
    return ctx.services.store.quota.usage(ctx.session.account.userId);
  }),

  overview: storeBrowseProcedure.query(({ ctx }): Promise<StoreOverview> => {
    return ctx.services.store.overviews.of(ctx.session.account.userId);
  }),
};
