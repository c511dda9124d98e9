// What devices say of columns that they made anew, and of what others keep.
import { auditedSchema, leaseSchema, repairedSchema, wrongBytesSchema } from '@ferry/shared';
import { checkDevice } from '../../accounts/own-device.ts';
import { keepsOf } from '../../db/queries/store-place-runs.ts';
import { visibleVersion } from '../../store/version-audience.ts';
import { holdProcedure } from '../store-procedures.ts';

export const maintenanceProcedures = {
  /** @returns until when it goes on */
  renewLease: holdProcedure.input(leaseSchema).mutation(({ ctx, input }): { leasedUntil: number } => {
    const { db, store } = ctx.services;
    checkDevice(db, ctx.session.account.userId, input.deviceId);
    return { leasedUntil: store.maintenance.renewLease(input) };
  }),

  repaired: holdProcedure.input(repairedSchema).mutation(({ ctx, input: { indexes, ...claim } }): void => {
    const { db, store } = ctx.services;
    checkDevice(db, ctx.session.account.userId, claim.deviceId);
    store.maintenance.repaired(claim, indexes);
  }),

  audited: holdProcedure.input(auditedSchema).mutation(({ ctx, input }): void => {
    const { db, store } = ctx.services;
    checkDevice(db, ctx.session.account.userId, input.deviceId);
    store.maintenance.audited(input.deviceId, input.auditId, input.verdict);
  }),

  /** Of what one may download, or keeps something of: whoever makes columns anew is sent them, too. */
  report: holdProcedure.input(wrongBytesSchema).mutation(({ ctx, input }): void => {
    const { db, store } = ctx.services;
    const { userId } = ctx.session.account;
    checkDevice(db, userId, input.deviceId);
    const { versionId } = input.column;
    if (!keepsOf(db, input.deviceId, versionId)) visibleVersion(db, userId, versionId);
    store.maintenance.report(input, userId);
  }),
};
