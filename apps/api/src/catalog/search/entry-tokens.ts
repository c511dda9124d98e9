// All that one entry is found by: what its name says and what its row says. Knows no index.
import type { Database, Statement } from 'better-sqlite3';
import { prepareOnce } from '../prepare-once.ts';
import { type EntryFacets, tokensOfFacets } from './facet-tokens.ts';
import { fold } from './fold.ts';
import { tokensOfName } from './name-tokens.ts';

/** What the row of an entry says, whosever it is. */
export type RowFacets = Omit<EntryFacets, 'ownerNo'>;

export interface IndexedName {
  entryNo: number;
  name: string;
  /** By whoever has just written the row, and need not read it again. */
  facets?: RowFacets;
}

export interface FoundBy {
  tokens: string[];
  /** Whether not everybody may see it. */
  isRestricted: boolean;
  facets: RowFacets;
}

interface ShareFacets {
  ownerNo: number;
  isPublic: number;
}

export class EntryTokens {
  readonly #row: Statement;
  readonly #share: Statement;

  constructor(sqlite: Database) {
    this.#row = prepareOnce(
      sqlite,
      `SELECT share_no AS shareNo, is_folder AS isFolder, kind, extension, size_bytes AS sizeBytes,
         modified_ms AS modifiedMs
       FROM entries WHERE entry_no = ?`,
    );
    this.#share = prepareOnce(
      sqlite,
      'SELECT owner_no AS ownerNo, is_public AS isPublic FROM shares WHERE share_no = ?',
    );
  }

  /** One after the other, in the order that they are in; none for what has no row. */
  *of(names: readonly IndexedName[]): Iterable<FoundBy & { entryNo: number }> {
    // Most are in the same one. Asked anew by every transaction: who may see it may have changed.
    const shares = new Map<number, ShareFacets>();
    for (const { entryNo, name, facets: known } of names) {
      const facets = known ?? (this.#row.get(entryNo) as RowFacets | undefined);
      if (!facets) continue;
      const share = shares.get(facets.shareNo) ?? (this.#share.get(facets.shareNo) as ShareFacets);
      shares.set(facets.shareNo, share);
      const { ownerNo, isPublic } = share;
      const tokens = tokensOfName(fold(name), facets.extension);
      tokens.push(...tokensOfFacets({ ...facets, ownerNo }));
      yield { entryNo, tokens, isRestricted: isPublic === 0, facets };
    }
  }
}
