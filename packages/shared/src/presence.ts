// Who is online, with which devices, as the server tells every signed-in browser.
import * as z from 'zod/mini';
import { type DeviceId, deviceIdSchema, type UserId } from './ids.ts';
import { LIMITS } from './limits.ts';

export const deviceNameSchema = z.string().check(z.trim(), z.minLength(1), z.maxLength(LIMITS.deviceNameCharacters));

/** A device that is online now. */
export interface Device {
  deviceId: DeviceId;
  name: string;
}

/** A colleague, online or not. `devices` is empty when offline. */
export interface Person {
  userId: UserId;
  username: string;
  /** Milliseconds since the epoch; null for somebody who never connected. */
  lastSeenAt: number | null;
  devices: Device[];
}

/** First a `snapshot`, then one `changed` a change. */
export type PresenceEvent = { type: 'snapshot'; people: Person[] } | { type: 'changed'; person: Person };

/** How a device joins: subscribing to its inbox is what makes it online. */
export const inboxSchema = z.object({
  deviceId: deviceIdSchema,
  deviceName: deviceNameSchema,
  /** Set by the client on reconnect, so that the server replays what was missed. */
  lastEventId: z.nullish(z.string().check(z.maxLength(64))),
});
