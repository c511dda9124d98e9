// What is in the shares of one's own device, told page by page, and what else it holds. Knows no paths: the shared
// schemas have looked at them.
import { holdingsSchema, publishSchema, republishSchema, type ShareState } from '@ferry/shared';
import { claimDevice } from '../../accounts/own-device.ts';
import { changeProcedure, publishProcedure } from '../catalog-procedures.ts';

/** To begin or to end anew touches every file of a share, which is more work than the request is long. */
const REPUBLISH_ENTRIES = 1000;

export const publishProcedures = {
  publish: publishProcedure.input(publishSchema).mutation(async ({ ctx, input }): Promise<ShareState> => {
    const { catalog, catalogLimits, metrics } = ctx.services;
    const { userId } = ctx.session.account;
    const { deviceId, ...page } = input;
    const entries = page.put.length + page.remove.length;
    await catalogLimits.entries(userId, entries);
    claimDevice(ctx.services, userId, deviceId);
    const state = await catalog.publish({ userId, deviceId }, page);
    metrics.catalog.entries.inc(entries);
    return state;
  }),

  republish: changeProcedure.input(republishSchema).mutation(async ({ ctx, input }): Promise<ShareState> => {
    const { catalog, catalogLimits } = ctx.services;
    const { userId } = ctx.session.account;
    const { deviceId, ...step } = input;
    await catalogLimits.entries(userId, REPUBLISH_ENTRIES);
    claimDevice(ctx.services, userId, deviceId);
    return catalog.republish({ userId, deviceId }, step);
  }),

  hold: changeProcedure.input(holdingsSchema).mutation(async ({ ctx, input }): Promise<void> => {
    const { catalog } = ctx.services;
    const { userId } = ctx.session.account;
    const { deviceId, holdings } = input;
    claimDevice(ctx.services, userId, deviceId);
    await catalog.setHoldings({ userId, deviceId }, holdings);
  }),
};
