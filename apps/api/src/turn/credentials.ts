// Time-limited credentials for coturn's `use-auth-secret` (draft-uberti-behave-turn-rest). Pure: time is given.
import { createHmac } from 'node:crypto';

export interface TurnCredentials {
  username: string;
  credential: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

export interface TurnIssuer {
  /** coturn's `static-auth-secret`. */
  secret: string;
  lifetimeS: number;
}

/** Unique for each device, so that a relay's log and quota tell them apart. */
export function turnCredentials(
  { secret, lifetimeS }: TurnIssuer,
  { userId, deviceId }: { userId: string; deviceId: string },
  nowMs: number,
): TurnCredentials {
  const expiresS = Math.floor(nowMs / 1000) + lifetimeS;
  const username = `${expiresS}:${userId}:${deviceId}`;
  const credential = createHmac('sha1', secret).update(username).digest('base64');
  return { username, credential, expiresAt: expiresS * 1000 };
}
