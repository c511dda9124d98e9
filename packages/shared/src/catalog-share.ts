// What a device shares with colleagues, and with whom: a folder that stays where it is, or some files. Knows no entries.
import * as z from 'zod/mini';
import { catalogNameSchema } from './catalog-path.ts';
import { type DeviceId, deviceIdSchema, type UserId, userIdSchema } from './ids.ts';
import { LIMITS } from './limits.ts';

/** A UUID chosen by the device that shares. */
export const shareIdSchema = z.uuid();
export type ShareId = z.infer<typeof shareIdSchema>;

/** Who may find it and fetch it. Its owner always may. */
export const audienceSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('everyone') }),
  z.object({
    type: z.literal('chosen'),
    userIds: z.array(userIdSchema).check(z.minLength(1), z.maxLength(LIMITS.catalogAudience)),
  }),
]);
export type Audience = z.infer<typeof audienceSchema>;

/**
 * A `folder` is shown as one, with everything below it. `files` are some files that were picked together: each is
 * shown for itself, and the share as such never.
 */
export const shareKindSchema = z.enum(['folder', 'files']);
export type ShareKind = z.infer<typeof shareKindSchema>;

export const putShareSchema = z.object({
  deviceId: deviceIdSchema,
  shareId: shareIdSchema,
  /** The folder's name; of files the first one's. */
  title: catalogNameSchema,
  kind: shareKindSchema,
  audience: audienceSchema,
});
export type PutShare = z.infer<typeof putShareSchema>;

export const shareSchema = z.object({ deviceId: deviceIdSchema, shareId: shareIdSchema });
export type ShareOfDevice = z.infer<typeof shareSchema>;

/** A share as the server knows it, told to the device it is on. */
export interface ShareState {
  shareId: ShareId;
  /** Grows with everything that is published; a device that remembers another one publishes all anew. */
  revision: number;
  fileCount: number;
}

/** Whose shares on other devices are asked for is on this device. */
export const sharesElsewhereSchema = z.object({ deviceId: deviceIdSchema });

/** One share, on whichever device of its owner it is. */
export const endShareSchema = z.object({ shareId: shareIdSchema });

/** Everything that is shared on that device. */
export const endSharesOnSchema = z.object({ deviceId: deviceIdSchema });

/** A share of one's own on another device. */
export interface ShareElsewhere {
  shareId: ShareId;
  deviceId: DeviceId;
  deviceName: string;
  isOnline: boolean;
  /** Of the device, in milliseconds since the epoch. */
  lastSeenAt: number;
  title: string;
  kind: ShareKind;
  audience: Audience;
  fileCount: number;
  totalBytes: number;
}

/** A share as others see it. */
export interface CatalogShare {
  shareId: ShareId;
  userId: UserId;
  deviceId: DeviceId;
  title: string;
  kind: ShareKind;
  fileCount: number;
  totalBytes: number;
  /** Milliseconds since the epoch: the last time something was published. */
  updatedAt: number;
}
