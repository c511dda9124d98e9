// The Store as people see it, and what they do to what is theirs.
import { keepUntilSchema, type StoredDetails, type StorePage, storeListSchema, versionSchema } from '@ferry/shared';
import { storeBrowseProcedure, storeChangeProcedure } from '../store-procedures.ts';

export const fileProcedures = {
  list: storeBrowseProcedure.input(storeListSchema).query(({ ctx, input }): StorePage => {
    return ctx.services.store.files.list(input, Date.now());
  }),

  details: storeBrowseProcedure.input(versionSchema).query(({ ctx, input }): StoredDetails => {
    return ctx.services.store.files.details(ctx.session.account.userId, input.versionId, Date.now());
  }),

  remove: storeChangeProcedure.input(versionSchema).mutation(({ ctx, input }): void => {
    ctx.services.store.files.remove(ctx.session.account.userId, input.versionId, Date.now());
  }),

  keepUntil: storeChangeProcedure.input(keepUntilSchema).mutation(({ ctx, input }): void => {
    const { versionId, expiresAt } = input;
    ctx.services.store.files.keepUntil(ctx.session.account.userId, versionId, expiresAt, Date.now());
  }),
};
