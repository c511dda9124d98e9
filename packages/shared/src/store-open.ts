// What a device must know to download a version: its key, its columns, and whom to ask for them.
import * as z from 'zod/mini';
import { capabilitySchema } from './catalog-grant.ts';
import { deviceIdSchema } from './ids.ts';
import { LIMITS } from './limits.ts';
import { type ColumnRun, columnRunsSchema, type StoreCode, versionIdSchema } from './store-column.ts';
import type { StoreGrant } from './store-holder.ts';

export const openVersionSchema = z.object({ deviceId: deviceIdSchema, versionId: versionIdSchema });

export interface OpenedVersion {
  versionId: string;
  /** Of a file for everybody; a delivery's is in its wrapped keys. */
  key: string | null;
  code: StoreCode;
  sizeBytes: number;
  groupCount: number;
  /** Devices that keep something of it, online or not. */
  grants: (StoreGrant & { columns: ColumnRun[] })[];
  /** Of the capabilities, milliseconds since the epoch: another one is asked for whenever a device is asked anew. */
  expiresAt: number;
}

export const groupPageSchema = z.object({
  deviceId: deviceIdSchema,
  versionId: versionIdSchema,
  firstGroup: z.int().check(z.minimum(0), z.maximum(LIMITS.storeGroups - 1)),
});

export interface StoreGroupPage {
  /** From `firstGroup`, so many as fit: at most `LIMITS.storeGroupsAtOnce`. */
  groups: {
    group: number;
    /** See {@link GroupTags}. */
    tags: string;
    columns: { index: number; contentId: string; sizeBytes: number }[];
  }[];
}

/** What crosses the data channel in an `ask` for columns, as JSON: the core passes it on unread. */
export const columnsReferenceSchema = z.object({
  capability: capabilitySchema,
  want: z.object({ type: z.literal('columns'), versionId: versionIdSchema, columns: columnRunsSchema }),
});
export type ColumnsReference = z.infer<typeof columnsReferenceSchema>;
