// All that one entry is found by: what its name says and what its row says. Knows no index.
import type { Database, Statement } from 'better-sqlite3';
import { type EntryFacets, tokensOfFacets } from './facet-tokens.ts';
import { fold } from './fold.ts';
import { tokensOfName } from './name-tokens.ts';

export interface IndexedName {
  entryNo: number;
  name: string;
}

export class EntryTokens {
  readonly #facets: Statement;

  constructor(sqlite: Database) {
    // As to the plus, see visibility.ts.
    this.#facets = sqlite.prepare(`
      SELECT entries.share_no AS shareNo, owner_no AS ownerNo, is_public AS isPublic, entries.is_folder AS isFolder,
        kind, extension, size_bytes AS sizeBytes, modified_ms AS modifiedMs
      FROM entries JOIN shares ON shares.share_no = entries.share_no WHERE entry_no = +?`);
  }

  /** @returns undefined when there is no such row */
  of({ entryNo, name }: IndexedName): { tokens: string[]; isRestricted: boolean } | undefined {
    const row = this.#facets.get(entryNo) as (EntryFacets & { isPublic: number }) | undefined;
    if (!row) return undefined;
    const tokens = [...tokensOfName(fold(name), row.extension), ...tokensOfFacets(row)];
    return { tokens, isRestricted: row.isPublic === 0 };
  }
}
