// The shares of one's own device: made, changed, ended, and told as the server knows them.
import { deviceIdSchema, putShareSchema, type ShareState, shareSchema } from '@ferry/shared';
import * as z from 'zod';
import { checkDevice, claimDevice } from '../../accounts/own-device.ts';
import { browseProcedure, changeProcedure } from '../catalog-procedures.ts';
import { refusal } from '../error.ts';
import { router } from '../init.ts';
import { elsewhereProcedures } from './catalog-shares-elsewhere.ts';

export const sharesRouter = router({
  ...elsewhereProcedures,

  put: changeProcedure.input(putShareSchema).mutation(async ({ ctx, input }): Promise<ShareState> => {
    const { catalog, endedShares } = ctx.services;
    const { userId } = ctx.session.account;
    const { deviceId, ...share } = input;
    claimDevice(ctx.services, userId, deviceId);
    // Nothing is waited for between this and the catalog: what ends it comes before or after both.
    if (endedShares.has(userId, share.shareId)) throw refusal('share-ended');
    return catalog.putShare({ userId, deviceId }, share);
  }),

  /** One that is not there is no error: the device wants it gone. */
  remove: changeProcedure.input(shareSchema).mutation(async ({ ctx, input }): Promise<void> => {
    const { db, catalog } = ctx.services;
    const { userId } = ctx.session.account;
    const { deviceId, shareId } = input;
    checkDevice(db, userId, deviceId);
    await catalog.removeShare({ userId, deviceId }, shareId);
  }),

  mine: browseProcedure
    .input(z.object({ deviceId: deviceIdSchema }))
    .query(async ({ ctx, input }): Promise<ShareState[]> => {
      const { db, catalog } = ctx.services;
      const { userId } = ctx.session.account;
      checkDevice(db, userId, input.deviceId);
      return catalog.sharesOfDevice({ userId, deviceId: input.deviceId });
    }),
});
