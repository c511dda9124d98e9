// What devices that keep columns ask and tell. Each speaks for itself alone.
import {
  type Duty,
  dutiesSchema,
  heldColumnsSchema,
  inventoryPageSchema,
  releasedColumnsSchema,
  spaceOfferSchema,
} from '@ferry/shared';
import { checkDevice, checkHolder, claimDevice } from '../../accounts/own-device.ts';
import { holdProcedure } from '../store-procedures.ts';

export const holdProcedures = {
  offer: holdProcedure.input(spaceOfferSchema).mutation(({ ctx, input }): void => {
    const { store } = ctx.services;
    claimDevice(ctx.services, ctx.session.account.userId, input.deviceId);
    store.holders.offer(input, Date.now());
  }),

  duties: holdProcedure.input(dutiesSchema).query(({ ctx, input: { deviceId, moving } }): Promise<Duty[]> => {
    const { db, store } = ctx.services;
    const { userId } = ctx.session.account;
    checkDevice(db, userId, deviceId);
    return store.holders.duties({ userId, deviceId }, moving, Date.now());
  }),

  held: holdProcedure.input(heldColumnsSchema).mutation(async ({ ctx, input }): Promise<void> => {
    const { db, store } = ctx.services;
    checkHolder(db, ctx.session.account.userId, input.deviceId);
    await store.holders.held(input.deviceId, input.receipts, Date.now());
  }),

  released: holdProcedure.input(releasedColumnsSchema).mutation(({ ctx, input }): void => {
    const { db, store } = ctx.services;
    checkHolder(db, ctx.session.account.userId, input.deviceId);
    store.holders.released(input.deviceId, input.columns, Date.now());
  }),

  inventory: holdProcedure.input(inventoryPageSchema).mutation(({ ctx, input }): void => {
    const { db, store } = ctx.services;
    const { userId } = ctx.session.account;
    checkHolder(db, userId, input.deviceId);
    store.holders.inventory(userId, input, Date.now());
  }),
};
