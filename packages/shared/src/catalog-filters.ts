// What a search may ask for besides words: kinds, sizes, owners, age, availability. Used by the form in the page, by
// the words of a query, and by the server.
import * as z from 'zod/mini';
import { userIdSchema } from './ids.ts';
import { LIMITS } from './limits.ts';

/** What a file is for people, told from its extension. */
export const catalogKindSchema = z.enum([
  'folder',
  'document',
  'spreadsheet',
  'presentation',
  'pdf',
  'image',
  'video',
  'audio',
  'archive',
  'code',
  'other',
]);
export type CatalogKind = z.infer<typeof catalogKindSchema>;

const bytesSchema = z.int().check(z.minimum(0));

/** All that are given must hold; of several kinds, extensions or owners one must. */
export const catalogFiltersSchema = z.object({
  kinds: z.optional(z.array(catalogKindSchema).check(z.maxLength(16))),
  /** Lower case, without the dot. */
  extensions: z.optional(z.array(z.string().check(z.minLength(1), z.maxLength(16))).check(z.maxLength(16))),
  minBytes: z.optional(bytesSchema),
  maxBytes: z.optional(bytesSchema),
  ownerIds: z.optional(z.array(userIdSchema).check(z.maxLength(LIMITS.catalogAudience))),
  /** Modified at or after; milliseconds since the epoch. */
  modifiedFromMs: z.optional(z.int()),
  modifiedToMs: z.optional(z.int()),
  /** Only what some device that is online now can serve. */
  isAvailable: z.optional(z.boolean()),
});
export type CatalogFilters = z.infer<typeof catalogFiltersSchema>;
