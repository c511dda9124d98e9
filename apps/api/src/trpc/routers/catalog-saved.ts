// Searches that a person keeps. What comes of them is told by catalog.watch.
import { type SavedSearch, savedSearchIdSchema, saveSearchSchema } from '@ferry/shared';
import * as z from 'zod';
import { browseProcedure, changeProcedure } from '../catalog-procedures.ts';
import { router } from '../init.ts';

const namedSchema = z.object({ savedSearchId: savedSearchIdSchema });

export const savedRouter = router({
  list: browseProcedure.query(({ ctx }): SavedSearch[] => {
    return ctx.services.savedSearches.list(ctx.session.account.userId);
  }),

  save: changeProcedure.input(saveSearchSchema).mutation(({ ctx, input }): Promise<SavedSearch> => {
    return ctx.services.savedSearches.save(ctx.session.account.userId, input);
  }),

  remove: changeProcedure.input(namedSchema).mutation(({ ctx, input }): void => {
    ctx.services.savedSearches.remove(ctx.session.account.userId, input.savedSearchId);
  }),

  opened: changeProcedure.input(namedSchema).mutation(({ ctx, input }): void => {
    ctx.services.savedSearches.opened(ctx.session.account.userId, input.savedSearchId);
  }),
});
