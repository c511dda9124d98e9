// What a device must know to download a version.
import { groupPageSchema, type OpenedVersion, openVersionSchema, type StoreGroupPage } from '@ferry/shared';
import { checkDevice, claimDevice } from '../../accounts/own-device.ts';
import { downloadProcedure } from '../store-procedures.ts';

export const downloadProcedures = {
  open: downloadProcedure.input(openVersionSchema).mutation(({ ctx, input }): Promise<OpenedVersion> => {
    const { store } = ctx.services;
    const { userId } = ctx.session.account;
    const { deviceId, versionId } = input;
    claimDevice(ctx.services, userId, deviceId);
    return store.downloads.open({ userId, deviceId }, versionId);
  }),

  groups: downloadProcedure.input(groupPageSchema).query(({ ctx, input }): StoreGroupPage => {
    const { db, store } = ctx.services;
    const { userId } = ctx.session.account;
    checkDevice(db, userId, input.deviceId);
    return store.downloads.groups(userId, input.versionId, input.firstGroup);
  }),
};
