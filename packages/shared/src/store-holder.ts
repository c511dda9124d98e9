// What a device that keeps columns for others and the server say to each other. The server says what is to be done, from
// what it knows, as often as it is asked; docs/store.md has the life of a column.
import * as z from 'zod/mini';
import { deviceIdSchema } from './ids.ts';
import { LIMITS } from './limits.ts';
import { type Column, columnSchema, type KnownColumn, type StoreCode, versionIdSchema } from './store-column.ts';

const bytesSchema = z.int().check(z.minimum(0), z.maximum(LIMITS.storeOfferBytes));

/** The room that a device gives to others; none at all: `offeredBytes` 0. */
export const spaceOfferSchema = z.object({
  deviceId: deviceIdSchema,
  offeredBytes: bytesSchema,
  /** By columns kept here. */
  usedBytes: bytesSchema,
  /** What its disk still takes, whatever was offered. */
  freeBytes: bytesSchema,
  /** It stays on: an office computer goes home at night. */
  isAlwaysOn: z.boolean(),
});
export type SpaceOffer = z.infer<typeof spaceOfferSchema>;

/** A device that may be asked for columns, and how. */
export interface StoreGrant {
  userId: string;
  deviceId: string;
  isOnline: boolean;
  /** See {@link CapabilityClaims}: for `columns` of this version, at this device, for whoever asked. */
  capability: string;
}

/** Columns that a repair starts from, or is to make. */
export interface RepairColumn {
  index: number;
  contentId: string;
  sizeBytes: number;
}

export type Duty =
  /** Fetch it from one of these, and say so with a receipt. */
  | { type: 'keep'; column: Column; sizeBytes: number; contentId: string | null; from: StoreGrant[] }
  /** It is not wanted any more: delete it, and say so. */
  | { type: 'release'; column: Column }
  /**
   * Make columns anew from others of the group, serve them to those who are to keep them, and say so. Whoever leases it
   * later has a higher token: what is said with a lower one is refused.
   */
  | {
      type: 'repair';
      versionId: string;
      group: number;
      /** Bytes of the whole version: with the code they tell what each column contains. */
      versionBytes: number;
      code: StoreCode;
      token: number;
      leasedUntil: number;
      /** All that are online, though any k will do; `from` is empty for those that are kept here. */
      sources: (RepairColumn & { from: StoreGrant[] })[];
      make: RepairColumn[];
    }
  /** Fetch one chunk of it, prove it, and say what came of it. */
  | { type: 'audit'; auditId: string; column: KnownColumn; chunk: number; from: StoreGrant };

export const dutiesSchema = z.object({
  deviceId: deviceIdSchema,
  /** Of which bytes have come since it asked last: what is slow is not stuck. */
  moving: z.optional(z.array(columnSchema).check(z.maxLength(LIMITS.storeMovingColumns))),
});
export type AskedDuties = z.infer<typeof dutiesSchema>;

/** Compact JWS (RFC 7515), ES256 by the device's signing key, over {@link ReceiptClaims}. */
export const receiptSchema = z.string().check(z.maxLength(LIMITS.storeReceiptCharacters));

/** A holder says that it keeps a column, and what it is. */
export const receiptClaimsSchema = z.object({
  iss: deviceIdSchema,
  /** Seconds since the epoch. */
  iat: z.int(),
  version: versionIdSchema,
  group: z.int(),
  index: z.int(),
  content: z.string(),
  size: z.int(),
});
export type ReceiptClaims = z.infer<typeof receiptClaimsSchema>;

export const heldColumnsSchema = z.object({
  deviceId: deviceIdSchema,
  receipts: z.array(receiptSchema).check(z.minLength(1), z.maxLength(LIMITS.storeColumnsAtOnce)),
});

const someColumnsSchema = z.array(columnSchema).check(z.maxLength(LIMITS.storeColumnsAtOnce));
export const releasedColumnsSchema = z.object({ deviceId: deviceIdSchema, columns: someColumnsSchema });

/**
 * Everything that a device keeps, told when it comes online, in pages from 0 on; with the last one, whatever was not in any
 * of them is missing. A new `inventoryId` begins anew. A page that does not follow the one before, for the server was started
 * anew meanwhile, is refused with `revision-mismatch`: then it is all told again, under another id.
 */
export const inventoryPageSchema = z.object({
  deviceId: deviceIdSchema,
  inventoryId: z.uuid(),
  page: z.int().check(z.minimum(0)),
  columns: z.array(columnSchema).check(z.maxLength(LIMITS.storeInventoryColumns)),
  isLast: z.boolean(),
});
export type InventoryPage = z.infer<typeof inventoryPageSchema>;

export const auditVerdictSchema = z.enum([
  'good',
  /** It was there and did not answer. */
  'silent',
  /** It says that it does not have it. */
  'missing',
  /** What it sent was not what it must be. */
  'wrong',
]);
export type AuditVerdict = z.infer<typeof auditVerdictSchema>;
export const auditedSchema = z.object({ deviceId: deviceIdSchema, auditId: z.uuid(), verdict: auditVerdictSchema });

/** The lease of a repair goes on: it moves. */
export const leaseSchema = z.object({
  deviceId: deviceIdSchema,
  versionId: versionIdSchema,
  group: z.int(),
  token: z.int(),
});
/** These columns are made, verified against their content ids, and served from here. */
export const repairedSchema = z.object({
  ...leaseSchema.shape,
  indexes: z.array(z.int()).check(z.minLength(1), z.maxLength(LIMITS.storeShards)),
});

/** Whoever downloads was sent a chunk that was not what it must be. Somebody else is asked to look at the same one. */
export const wrongBytesSchema = z.object({
  deviceId: deviceIdSchema,
  column: columnSchema,
  chunk: z.int().check(z.minimum(0), z.maximum(LIMITS.storeColumnChunks - 1)),
  holder: deviceIdSchema,
});
export type WrongBytes = z.infer<typeof wrongBytesSchema>;

/** Of a device, its duties are told, too; a page that keeps nothing names none. */
export const watchStoreSchema = z.object({ deviceId: z.optional(deviceIdSchema) });

/** Says that there is something to look for, never what: for whoever keeps or uploads, and for whoever looks at a list. */
export type StoreEvent = { type: 'duties' } | { type: 'changed' };
