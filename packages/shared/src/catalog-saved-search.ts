// Searches that are kept, and whoever keeps them is told when something new matches.
import * as z from 'zod/mini';
import { catalogFiltersSchema } from './catalog-filters.ts';
import { LIMITS } from './limits.ts';

export const savedSearchIdSchema = z.uuid();

export const saveSearchSchema = z.object({
  savedSearchId: savedSearchIdSchema,
  query: z.string().check(z.maxLength(LIMITS.catalogQueryCharacters)),
  filters: z.optional(catalogFiltersSchema),
});
export type SaveSearch = z.infer<typeof saveSearchSchema>;

export interface SavedSearch extends SaveSearch {
  createdAt: number;
  /** Matches that came since it was last opened; at most a hundred are counted. */
  newCount: number;
}

/** `changed`: something that may be shown to whoever watches is different; ask again if you show it. */
export type CatalogEvent =
  | { type: 'changed' }
  | { type: 'new-matches'; savedSearchId: string; query: string; newCount: number; firstName: string };
