// A search of the catalog and what it finds. Knows no index.
import * as z from 'zod/mini';
import { type CatalogKind, catalogFiltersSchema } from './catalog-filters.ts';
import type { ContentId } from './catalog-publish.ts';
import type { ShareId } from './catalog-share.ts';
import type { DeviceId, UserId } from './ids.ts';
import { LIMITS } from './limits.ts';

export const catalogOrderSchema = z.enum(['relevance', 'name', 'size', 'modified']);
export type CatalogOrder = z.infer<typeof catalogOrderSchema>;

export const searchSchema = z.object({
  /** As somebody types it: `"annual report" -draft type:pdf >10MB owner:name`. Empty finds everything, newest first. */
  query: z.string().check(z.maxLength(LIMITS.catalogQueryCharacters)),
  filters: z.optional(catalogFiltersSchema),
  order: z.optional(catalogOrderSchema),
  isDescending: z.optional(z.boolean()),
  /** `next` of the page before. */
  cursor: z.nullish(z.string().check(z.maxLength(1024))),
  limit: z.int().check(z.minimum(1), z.maximum(LIMITS.catalogPageResults)),
});
export type SearchRequest = z.infer<typeof searchSchema>;

/** A device that can serve it: the owner, or a colleague who shares equal content. */
export interface CatalogSource {
  userId: UserId;
  deviceId: DeviceId;
  shareId: ShareId;
  path: string;
}

/** A file or a folder. Equal content of several owners is one of these, with several sources. */
export interface CatalogEntry {
  kind: CatalogKind;
  userId: UserId;
  deviceId: DeviceId;
  shareId: ShareId;
  /** Within the share; empty for a shared folder itself. */
  path: string;
  name: string;
  /** Title of the share when that is a folder, else null: the first part of the place that people are shown. */
  shareTitle: string | null;
  /** Of a folder: all files below it. */
  sizeBytes: number;
  /** Of a folder: the newest file below it. */
  modifiedMs: number;
  /** Of a folder: all files below it; of a file 1. */
  fileCount: number;
  /** Null for folders, and for files until they are verified. */
  contentId: ContentId | null;
  /** The first few, those that are online first; this one is among them. */
  sources: CatalogSource[];
  sourceCount: number;
  /**
   * Somebody who was online when this was asked holds all or some of a file's verified chunks from fetching it, may give
   * them to whoever asks, and does not share it.
   */
  isPassedOn: boolean;
}

export interface SearchResult extends CatalogEntry {
  /** Where the words of the query are in `name`: start and end in UTF-16 units, in order, not overlapping. */
  highlights: [start: number, end: number][];
}

export interface SearchPage {
  results: SearchResult[];
  /** Null on the last page. */
  next: string | null;
  /** Of all that may be shown to whoever asks. */
  total: { count: number; isExact: boolean };
  /** Parts of the query that were understood as something else than meant, perhaps; the words are the page's. */
  problems: QueryProblem[];
}

/** Why a part of a query has no effect. */
export interface QueryProblem {
  code: 'owner-unknown' | 'size-invalid' | 'age-invalid' | 'type-unknown' | 'word-too-short';
  /** The part as it was typed. */
  part: string;
}
