// The Store as people see it: what is kept, how safe it is, and who keeps it.
import * as z from 'zod/mini';
import type { UserId } from './ids.ts';
import { LIMITS } from './limits.ts';
import { type ColumnRun, type StoreCode, versionIdSchema } from './store-column.ts';

export type StoreStatus =
  /** Its uploader is online, and not enough people keep it yet. */
  | 'spreading'
  /** As many people keep it as it was meant for, or nearly. */
  | 'safe'
  /** It can be fetched, or could be with more people online; too few keep it. */
  | 'at-risk'
  /** Fewer pieces than are needed are with people who are online. */
  | 'unfetchable';

/** Of the group that is worst off. People count, not devices: with somebody's account all their devices may be gone. */
export interface StoreHealth {
  status: StoreStatus;
  /** From 0 to 1: what is kept of what makes it safe. */
  spread: number;
  /** Different pieces with people who are online, with anybody, and needed. */
  online: number;
  kept: number;
  needed: number;
  /** People who keep something of it, and those of them who are online. */
  ownerCount: number;
  onlineOwnerCount: number;
  /** So many of them may leave for good, whoever they are, and nothing is lost; -1 when it is lost already. */
  spareOwners: number;
  /** People who must come to make it safe; 0 when it is. */
  missingOwners: number;
  isBeingRepaired: boolean;
}

export interface StoredFile {
  versionId: string;
  name: string;
  mediaType: string;
  sizeBytes: number;
  modifiedMs: number;
  owner: { userId: UserId; username: string };
  createdAt: number;
  expiresAt: number | null;
  /** Null as long as nobody could keep it. */
  code: StoreCode | null;
  /** Of the same name by the same person, this one included; the list shows the newest alone. */
  versionCount: number;
  health: StoreHealth;
}

export const storeListSchema = z.object({
  /** A part of the name; everything when empty. */
  query: z.string().check(z.maxLength(LIMITS.catalogQueryCharacters)),
  /** Where the page before this one ended. */
  cursor: z.optional(z.string().check(z.maxLength(256))),
});
export type StoreListRequest = z.infer<typeof storeListSchema>;

export interface StorePage {
  files: StoredFile[];
  totalCount: number;
  cursor: string | null;
}

/** A device that keeps columns of a version. */
export interface StoredAt {
  userId: UserId;
  username: string;
  deviceId: string;
  deviceName: string;
  isOnline: boolean;
  isAlwaysOn: boolean;
  keptBytes: number;
  /** Those that count: signed for, and as the uploader said they are. */
  columns: ColumnRun[];
}

/** One cell of the map: groups that follow each other, the worst of them. */
export interface GroupCell {
  firstGroup: number;
  groupCount: number;
  online: number;
  kept: number;
}

export interface StoredDetails extends StoredFile {
  groupCount: number;
  stripeCount: number;
  holders: StoredAt[];
  /** At most `LIMITS.storeMapCells`. */
  cells: GroupCell[];
  /** Of the same name by the same person, newest first. */
  versions: { versionId: string; createdAt: number; sizeBytes: number; status: StoreStatus }[];
}

export const versionSchema = z.object({ versionId: versionIdSchema });
export const keepUntilSchema = z.object({
  versionId: versionIdSchema,
  expiresAt: z.nullable(z.int().check(z.minimum(0), z.maximum(LIMITS.latestMs))),
});

/** How much of the Store one person may fill, counted as what they uploaded. */
export interface StoreUsage {
  usedBytes: number;
  quotaBytes: number;
}

/** The Store as a whole. */
export interface StoreOverview {
  /** By devices that are online, and by all that were seen in the last seven days. */
  offeredOnlineBytes: number;
  offeredBytes: number;
  usedBytes: number;
  deviceCount: number;
  onlineDeviceCount: number;
  alwaysOnDeviceCount: number;
  ownerCount: number;
  fileCounts: Record<StoreStatus, number>;
  repairsUnderWay: number;
  repairsToday: number;
  auditsToday: number;
  /** What is uploaded may be so large now. */
  largestFileBytes: number;
}
