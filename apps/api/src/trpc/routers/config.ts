// What a device needs to find a path to another.
import { deviceIdSchema, type IceConfiguration } from '@ferry/shared';
import * as z from 'zod';
import { turnCredentials } from '../../turn/credentials.ts';
import { router, signedInProcedure } from '../init.ts';

export const configRouter = router({
  ice: signedInProcedure.input(z.object({ deviceId: deviceIdSchema })).query(({ ctx, input }): IceConfiguration => {
    const { STUN_URLS, TURN_URLS, TURN_SECRET } = ctx.services.env;
    const stun = STUN_URLS.length > 0 ? [{ urls: STUN_URLS }] : [];
    if (TURN_URLS.length === 0 || !TURN_SECRET) return { iceServers: stun, expiresAt: null };
    const { userId } = ctx.session.account;
    const { username, credential, expiresAt } = turnCredentials(TURN_SECRET, userId, input.deviceId, Date.now());
    return { iceServers: [...stun, { urls: TURN_URLS, username, credential }], expiresAt };
  }),
});
