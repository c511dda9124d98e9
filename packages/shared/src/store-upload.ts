// How a version gets into the Store: what its uploader says of it, and what the server makes of that.
import * as z from 'zod/mini';
import { deviceIdSchema, userIdSchema } from './ids.ts';
import { LIMITS } from './limits.ts';
import { knownColumnSchema, type StoreCode, versionIdSchema } from './store-column.ts';

const base64url = (characters: number) => z.string().check(z.regex(/^[\w-]*$/), z.maxLength(characters));

/** AES-256-GCM, raw, base64url: known to whoever may download it. */
export const storeKeySchema = z.string().check(z.regex(/^[\w-]{43}$/));

const nameSchema = z.string().check(z.minLength(1), z.maxLength(LIMITS.catalogNameCharacters));
const sizeSchema = z.int().check(z.minimum(0), z.maximum(LIMITS.storeFileBytes));
const timeSchema = z.int().check(z.minimum(0), z.maximum(LIMITS.latestMs));

/** A version's key for one device of the recipient: opaque to the server, see docs/protocol/delivery.md. */
export const wrappedKeySchema = z.object({
  deviceId: deviceIdSchema,
  wrapped: base64url(LIMITS.storeWrappedKeyCharacters),
});
export type WrappedKey = z.infer<typeof wrappedKeySchema>;

/** For everybody: its name is listed, and its key is told to whoever is signed in. */
const openContentSchema = z.object({
  type: z.literal('file'),
  name: nameSchema,
  mediaType: z.string().check(z.maxLength(255)),
  modifiedMs: timeSchema,
  key: storeKeySchema,
});

/** For one person who is not here now: the server knows neither names nor the key. */
const sealedContentSchema = z.object({
  type: z.literal('delivery'),
  recipientId: userIdSchema,
  wrappedKeys: z.array(wrappedKeySchema).check(z.minLength(1), z.maxLength(LIMITS.storeRecipientDevices)),
  /** The manifest, sealed with the key, follows in so many pages: `putSealed`. */
  sealedPageCount: z.int().check(z.minimum(1), z.maximum(LIMITS.storeSealedPages)),
});

export const beginVersionSchema = z.object({
  deviceId: deviceIdSchema,
  versionId: versionIdSchema,
  /** Of the content: of a delivery its files end to end. */
  sizeBytes: sizeSchema,
  /** Forgotten then; null: kept until it is deleted. */
  expiresAt: z.nullable(timeSchema),
  content: z.discriminatedUnion('type', [openContentSchema, sealedContentSchema]),
  /** What the server chose before it lost the version; another one would have other columns. As it was told. */
  code: z.optional(z.object({ k: z.int().check(z.minimum(1)), n: z.int().check(z.maximum(LIMITS.storeShards)) })),
});
export type BeginVersion = z.infer<typeof beginVersionSchema>;

/** A page of a delivery's sealed manifest. */
export const sealedPageSchema = z.object({
  versionId: versionIdSchema,
  page: z.int().check(z.minimum(0), z.maximum(LIMITS.storeSealedPages - 1)),
  bytes: base64url(LIMITS.storeSealedPageCharacters),
});
export type SealedPage = z.infer<typeof sealedPageSchema>;

/** Asked for by the recipient, one at a time: with another one it would not fit a message. */
export const sealedPageOfSchema = z.object({ versionId: versionIdSchema, page: sealedPageSchema.shape.page });

/**
 * Authentication tags of a group's chunks, 16 bytes each, end to end, base64url. Told before any column of the group is
 * confirmed.
 */
export const groupTagsSchema = z.object({
  versionId: versionIdSchema,
  group: z.int().check(z.minimum(0), z.maximum(LIMITS.storeGroups - 1)),
  tags: base64url(LIMITS.storeGroupTagCharacters),
});
export type GroupTags = z.infer<typeof groupTagsSchema>;

/** What the uploader says that columns contain: a holder's receipt counts only for the same. */
export const confirmColumnsSchema = z.object({
  deviceId: deviceIdSchema,
  columns: z.array(knownColumnSchema).check(z.minLength(1), z.maxLength(LIMITS.storeColumnsAtOnce)),
});
export type ConfirmColumns = z.infer<typeof confirmColumnsSchema>;

/** How far a version is that this device uploads, as its uploader must know it. */
export interface UploadState {
  versionId: string;
  /** Null as long as there is nobody who could keep it. */
  code: StoreCode | null;
  groupCount: number;
  /** Groups whose tags the server has. */
  taggedGroups: number[];
  /** So many people keep all of it, or so much, that the uploader may leave. */
  isSafe: boolean;
  /** From 0 to 1: what is kept of what makes it safe. */
  spread: number;
  /** People who keep pieces of it, and how many more make it safe. */
  ownerCount: number;
  missingOwners: number;
  /** Deleted by its owner on another device, or expired. */
  isGone: boolean;
  /** The server has never heard of it, or lost it. That it was deleted it knows for thirty days. */
  isUnknown: boolean;
}
