// What a device needs to find a path to another.
import { deviceIdSchema, type IceConfiguration } from '@ferry/shared';
import * as z from 'zod';
import { turnCredentials } from '../../turn/credentials.ts';
import { router, signedInProcedure } from '../init.ts';

export const configRouter = router({
  ice: signedInProcedure
    .input(z.object({ deviceId: deviceIdSchema }))
    .query(async ({ ctx, input }): Promise<IceConfiguration> => {
      const { env, stun } = ctx.services;
      const { STUN_URLS, TURN_URLS, TURN_SECRET, TURN_TTL_S } = env;
      // Whoever reached this server by that name reaches its UDP ports by it, too.
      const { hostname } = new URL(env.PUBLIC_ORIGIN ?? ctx.reached.origin);
      const own = await stun.urlsFor(hostname);
      const urls = [...own.urls, ...STUN_URLS];
      const servers = urls.length > 0 ? [{ urls }] : [];
      const { probeUrls } = own;
      if (TURN_URLS.length === 0 || !TURN_SECRET) return { iceServers: servers, expiresAt: null, probeUrls };
      const { userId } = ctx.session.account;
      const { username, credential, expiresAt } = turnCredentials(
        { secret: TURN_SECRET, lifetimeS: TURN_TTL_S },
        { userId, deviceId: input.deviceId },
        Date.now(),
      );
      return { iceServers: [...servers, { urls: TURN_URLS, username, credential }], expiresAt, probeUrls };
    }),
});
