// Time-limited credentials for coturn's `use-auth-secret` (draft-uberti-behave-turn-rest). Pure: time is given.
import { createHmac } from 'node:crypto';

export interface TurnCredentials {
  username: string;
  credential: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** Long enough for a working day; a transfer that runs longer gets fresh ones with its next ICE restart. */
const LIFETIME_S = 8 * 60 * 60;

/** Unique for each device, so that a relay's log and quota tell them apart. */
export function turnCredentials(secret: string, userId: string, deviceId: string, nowMs: number): TurnCredentials {
  const expiresS = Math.floor(nowMs / 1000) + LIFETIME_S;
  const username = `${expiresS}:${userId}:${deviceId}`;
  const credential = createHmac('sha1', secret).update(username).digest('base64');
  return { username, credential, expiresAt: expiresS * 1000 };
}
