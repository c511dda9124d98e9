// How a version gets into the Store: what the device that uploads it says of it.
import {
  beginVersionSchema,
  confirmColumnsSchema,
  groupTagsSchema,
  sealedPageSchema,
  type UploadState,
  versionSchema,
} from '@ferry/shared';
import { claimDevice } from '../../accounts/own-device.ts';
import { uploadProcedure } from '../store-procedures.ts';

export const uploadProcedures = {
  begin: uploadProcedure.input(beginVersionSchema).mutation(({ ctx, input }): UploadState => {
    const { store } = ctx.services;
    const { userId } = ctx.session.account;
    claimDevice(ctx.services, userId, input.deviceId);
    return store.uploads.begin(userId, input, Date.now());
  }),

  putSealed: uploadProcedure.input(sealedPageSchema).mutation(({ ctx, input }): void => {
    ctx.services.store.uploads.putSealed(ctx.session.account.userId, input);
  }),

  tags: uploadProcedure.input(groupTagsSchema).mutation(({ ctx, input }): void => {
    ctx.services.store.uploads.tags(ctx.session.account.userId, input);
  }),

  confirm: uploadProcedure.input(confirmColumnsSchema).mutation(({ ctx, input }): void => {
    ctx.services.store.uploads.confirm(ctx.session.account.userId, input, Date.now());
  }),

  upload: uploadProcedure.input(versionSchema).query(({ ctx, input }): UploadState => {
    return ctx.services.store.uploads.state(ctx.session.account.userId, input.versionId, Date.now());
  }),
};
