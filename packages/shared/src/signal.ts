// What one device sends another to set up a connection. The payload is opaque here and to the server:
// only webrtc-core reads it, so the server never parses session descriptions.
import * as z from 'zod/mini';
import { type DeviceId, deviceIdSchema, type UserId } from './ids.ts';
import { LIMITS } from './limits.ts';

export const sendSignalSchema = z.object({
  from: deviceIdSchema,
  to: deviceIdSchema,
  payload: z.string().check(z.maxLength(LIMITS.signalPayloadCharacters)),
});

/** A signal as it arrives; `fromDevice` and `fromUser` are the server's word, not the sender's. */
export interface Signal {
  fromDevice: DeviceId;
  fromUser: UserId;
  payload: string;
}

/** `offline`: the device has no inbox now, so the signal was dropped and the sender should wait for presence. */
export type SignalDelivery = 'delivered' | 'offline';
