// What waits in the Store for one person, and what became of what was left for others.
import {
  type Delivery,
  deliveriesSchema,
  deliveryOutcomeSchema,
  type SentDelivery,
  sealedPageOfSchema,
} from '@ferry/shared';
import { checkDevice } from '../../accounts/own-device.ts';
import { downloadProcedure, storeBrowseProcedure, storeChangeProcedure } from '../store-procedures.ts';

export const deliveryProcedures = {
  deliveries: storeBrowseProcedure.input(deliveriesSchema).query(({ ctx, input: { deviceId } }): Delivery[] => {
    const { db, store } = ctx.services;
    const { userId } = ctx.session.account;
    checkDevice(db, userId, deviceId);
    return store.deliveries.waiting(userId, deviceId, Date.now());
  }),

  sealed: downloadProcedure.input(sealedPageOfSchema).query(({ ctx, input }): string => {
    return ctx.services.store.deliveries.sealedPage(ctx.session.account.userId, input.versionId, input.page);
  }),

  delivered: storeChangeProcedure.input(deliveryOutcomeSchema).mutation(({ ctx, input }): void => {
    const { db, store } = ctx.services;
    const { userId } = ctx.session.account;
    const { deviceId, versionId, outcome } = input;
    checkDevice(db, userId, deviceId);
    store.deliveries.delivered(userId, versionId, outcome, Date.now());
  }),

  sentDeliveries: storeBrowseProcedure.query(({ ctx }): SentDelivery[] => {
    return ctx.services.store.deliveries.sent(ctx.session.account.userId, Date.now());
  }),
};
