// Something sent to a person who is not online: kept in the Store for them alone.
import * as z from 'zod/mini';
import { deviceIdSchema, type UserId, userIdSchema } from './ids.ts';
import { versionIdSchema } from './store-column.ts';
import type { StoreHealth } from './store-file.ts';

/** A public P-256 key as JWK (RFC 7517). */
export const publicKeySchema = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().check(z.regex(/^[\w-]{43}$/)),
  y: z.string().check(z.regex(/^[\w-]{43}$/)),
});
export type PublicKey = z.infer<typeof publicKeySchema>;

/** The keys of a device: one that signs its receipts, and one by which keys are wrapped for it (ECDH). */
export const deviceKeysSchema = z.object({
  deviceId: deviceIdSchema,
  signing: publicKeySchema,
  agreement: publicKeySchema,
  /** By the signing key, over `agreement` and the device's id; see docs/protocol/delivery.md. */
  signature: z.string().check(z.regex(/^[\w-]{86}$/)),
});
export type DeviceKeys = z.infer<typeof deviceKeysSchema>;

export const devicesOfSchema = z.object({ userId: userIdSchema });

export const deliveriesSchema = z.object({ deviceId: deviceIdSchema });

/** Something that waits for me. */
export interface Delivery {
  versionId: string;
  from: { userId: UserId; username: string };
  createdAt: number;
  expiresAt: number | null;
  sizeBytes: number;
  /** For the device that asks; null when it was not known to the sender. */
  wrappedKey: string | null;
  sealedPageCount: number;
  health: StoreHealth;
}

export const deliveryOutcomeSchema = z.object({
  deviceId: deviceIdSchema,
  versionId: versionIdSchema,
  outcome: z.enum(['received', 'declined']),
});

/** Something I sent that way. */
export interface SentDelivery {
  versionId: string;
  to: { userId: UserId; username: string };
  createdAt: number;
  sizeBytes: number;
  state: 'uploading' | 'waiting' | 'received' | 'declined' | 'expired';
  endedAt: number | null;
  health: StoreHealth;
}
