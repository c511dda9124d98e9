// Walking through the catalog: who shares, what, folder by folder. Knows no search.
import * as z from 'zod/mini';
import { catalogPathSchema } from './catalog-path.ts';
import { type CatalogEntry, type CatalogSource, catalogOrderSchema } from './catalog-search.ts';
import { type CatalogShare, shareIdSchema } from './catalog-share.ts';
import { type UserId, userIdSchema } from './ids.ts';
import { LIMITS } from './limits.ts';

/** Somebody who shares something with whoever asks. */
export interface CatalogOwner {
  userId: UserId;
  shareCount: number;
  fileCount: number;
  totalBytes: number;
  updatedAt: number;
}

export const catalogSharesSchema = z.object({ userId: userIdSchema });

/** A file or folder, or with an empty path the share itself. */
export const catalogPlaceSchema = z.object({ shareId: shareIdSchema, path: catalogPathSchema });
export type CatalogPlace = z.infer<typeof catalogPlaceSchema>;

export const childrenSchema = z.object({
  shareId: shareIdSchema,
  path: catalogPathSchema,
  /** `relevance` is by name, folders first; so are the others among equals. */
  order: z.optional(catalogOrderSchema),
  isDescending: z.optional(z.boolean()),
  offset: z.int().check(z.minimum(0), z.maximum(LIMITS.catalogEntriesPerOwner)),
  limit: z.int().check(z.minimum(1), z.maximum(LIMITS.catalogPageResults)),
});
export type ChildrenRequest = z.infer<typeof childrenSchema>;

export interface ChildrenPage {
  share: CatalogShare;
  entries: CatalogEntry[];
  /** Of the whole folder. */
  total: number;
}

export interface CatalogDetails extends CatalogEntry {
  /** All that may be shown, up to a bound. */
  sources: CatalogSource[];
  /** Devices that are online now, hold its verified chunks without sharing it, and serve them. */
  holderCount: number;
}
