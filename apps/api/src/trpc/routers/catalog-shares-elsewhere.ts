// One's own shares on other devices: looked at, and ended, from any device that is signed in; and the device that they
// are on is told.
import { endShareSchema, endSharesOnSchema, type ShareElsewhere, sharesElsewhereSchema } from '@ferry/shared';
import { checkDevice } from '../../accounts/own-device.ts';
import { browseProcedure, changeProcedure } from '../catalog-procedures.ts';
import { signedInProcedure } from '../init.ts';

export const elsewhereProcedures = {
  elsewhere: browseProcedure.input(sharesElsewhereSchema).query(async ({ ctx, input }): Promise<ShareElsewhere[]> => {
    const { db, sharesElsewhere } = ctx.services;
    const { userId } = ctx.session.account;
    checkDevice(db, userId, input.deviceId);
    return sharesElsewhere.list(userId, input.deviceId);
  }),

  end: changeProcedure.input(endShareSchema).mutation(async ({ ctx, input }): Promise<void> => {
    await ctx.services.sharesElsewhere.end(ctx.session.account.userId, input.shareId);
  }),

  endAllOn: changeProcedure.input(endSharesOnSchema).mutation(async ({ ctx, input }): Promise<void> => {
    await ctx.services.sharesElsewhere.endAllOn(ctx.session.account.userId, input.deviceId);
  }),

  /** Live, until the socket or the session ends: something that is shared from this device was ended elsewhere. */
  endings: signedInProcedure.input(sharesElsewhereSchema).subscription(async function* ({
    ctx,
    input,
    signal,
  }): AsyncGenerator<{ type: 'shares-ended' }> {
    const { db, endingNotices } = ctx.services;
    checkDevice(db, ctx.session.account.userId, input.deviceId);
    yield* endingNotices.of(input.deviceId, signal ?? new AbortController().signal);
  }),
};
