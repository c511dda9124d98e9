// Signals between devices: an inbox that makes a device online, and sending into others'. The payload is
// opaque: this server never reads a session description.
import { inboxSchema, type Signal, type SignalDelivery, sendSignalSchema } from '@ferry/shared';
import { type TrackedEnvelope, tracked } from '@trpc/server';
import { claimDevice } from '../../accounts/own-device.ts';
import { saveDevice } from '../../db/queries/devices.ts';
import { refusal } from '../error.ts';
import { router, signedInProcedure } from '../init.ts';

export const signalsRouter = router({
  inbox: signedInProcedure.input(inboxSchema).subscription(async function* ({
    ctx,
    input,
    signal,
  }): AsyncGenerator<TrackedEnvelope<Signal>> {
    const { services, session } = ctx;
    const { userId } = session.account;
    const { deviceId, deviceName: name } = input;
    claimDevice(services, userId, deviceId);
    const now = Date.now();
    saveDevice(services.db, { deviceId, userId, name, createdAt: now, lastSeenAt: now });
    const { sessionId, nodeId } = session;
    const device = { deviceId, name, userId, sessionId, isNode: nodeId !== undefined };
    const ended = signal ?? new AbortController().signal;
    for await (const { id, signal: item } of services.hub.inbox(device, input.lastEventId ?? null, ended)) {
      yield tracked(id, item);
    }
  }),

  send: signedInProcedure.input(sendSignalSchema).mutation(({ ctx, input }): SignalDelivery => {
    const { services, session } = ctx;
    // Nobody speaks for a device but the session that has its inbox open.
    if (!services.hub.isHere(input.from, session.sessionId)) throw refusal('forbidden');
    const { userId } = session.account;
    return services.hub.deliver(input.to, { fromDevice: input.from, fromUser: userId, payload: input.payload });
  }),
});
