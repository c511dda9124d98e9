// Leave to fetch: which devices may be asked for a place of the catalog, with a capability for each, and the key by
// which those devices check it.
import { type CapabilityKey, type GrantAnswer, grantSchema } from '@ferry/shared';
import { claimDevice } from '../../accounts/own-device.ts';
import { grantProcedure } from '../catalog-procedures.ts';
import { signedInProcedure } from '../init.ts';
import { viewerOf } from '../viewer.ts';

export const grantProcedures = {
  key: signedInProcedure.query(({ ctx }): CapabilityKey => ctx.services.capabilities.key),

  grant: grantProcedure.input(grantSchema).mutation(async ({ ctx, input }): Promise<GrantAnswer> => {
    const { services, session } = ctx;
    const { userId } = session.account;
    claimDevice(services, userId, input.deviceId);
    const { deviceId, ...place } = input;
    const viewer = viewerOf(ctx);
    const fetchable = await services.catalog.fetchable(viewer, place);
    const answer = await services.capabilities.grant({ userId, deviceId }, fetchable, viewer.onlineDeviceIds);
    for (const { role } of answer.grants) services.metrics.catalog.grants.count(role);
    return answer;
  }),
};
