// The keys of devices: told by each, and given to whoever wraps something for them.
import { isDeepStrictEqual } from 'node:util';
import { type DeviceKeys, deviceKeysSchema, devicesOfSchema, LIMITS } from '@ferry/shared';
import { areKeysProven } from '../../accounts/device-key-proof.ts';
import { claimDevice } from '../../accounts/own-device.ts';
import { browserKeysOf, findDeviceKeys, putDeviceKeys } from '../../db/queries/device-keys.ts';
import { refusal } from '../error.ts';
import { router, signedInProcedure } from '../init.ts';
import { keysProcedure } from '../store-procedures.ts';

export const devicesRouter = router({
  /** The same ones may be told again; others replace them. */
  putKeys: keysProcedure.input(deviceKeysSchema).mutation(({ ctx, input }): void => {
    const { db, store } = ctx.services;
    if (!areKeysProven(input)) throw refusal('signature-invalid');
    claimDevice(ctx.services, ctx.session.account.userId, input.deviceId);
    // Each tells its keys whenever it comes back.
    if (isDeepStrictEqual(findDeviceKeys(db, input.deviceId), input)) return;
    putDeviceKeys(db, input, Date.now());
    // Whoever has told no keys is given nothing to keep.
    store.keeper.offersChanged();
  }),

  /** Of those on which the person can open something; none for somebody who is not there. */
  keysOf: signedInProcedure.input(devicesOfSchema).query(({ ctx, input }): DeviceKeys[] => {
    return browserKeysOf(ctx.services.db, input.userId, LIMITS.storeRecipientDevices);
  }),
});
