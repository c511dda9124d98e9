// The question to the index of names that belongs to what one viewer looks for. It may find more than matches, and more
// than may be seen, but misses nothing; rows are asked afterwards. Knows no rows.
import type { Database, Statement } from 'better-sqlite3';
import type { Viewer } from '../catalog-index.ts';
import type { Criteria } from './criteria.ts';
import { ExtentRow } from './extent.ts';
import { ownerToken, shareToken } from './facet-tokens.ts';
import { type Alternatives, matchExpression, planOf } from './query-plan.ts';
import { SEARCH_BOUNDS } from './search-bounds.ts';
import type { ShareLookup } from './seen-shares.ts';
import { TokenFrequencies } from './token-frequencies.ts';

export interface MatchQuery {
  /** For `MATCH`. */
  expression(): string;
  /** The same of names that have this token, which is rare: of others it asks for the rarest at most. */
  expressionWith(token: string): string;
  /** Only of names that have this token, seen or not: so few that rows may be asked. */
  expressionOf(token: string): string;
  /**
   * Looking further back than this from an entry would cost too much: the oldest that is looked at.
   *
   * @param listEntries what it may cost
   */
  oldestFrom(newestEntry: number, listEntries?: number): number;
}

export class MatchQueries {
  readonly #shares: ShareLookup;
  readonly #frequencies: TokenFrequencies;
  readonly #newest: Statement;
  readonly #extent: ExtentRow;

  constructor(sqlite: Database, shares: ShareLookup) {
    this.#extent = new ExtentRow(sqlite);
    this.#shares = shares;
    this.#frequencies = new TokenFrequencies(sqlite);
    this.#newest = sqlite.prepare('SELECT max(entry_no) FROM entries').pluck();
  }

  /** 0 when there is none. */
  newestEntry(): number {
    return (this.#newest.get() as number | null) ?? 0;
  }

  /** @returns null when nothing can match */
  of(viewer: Viewer, criteria: Criteria, newestEntry: number): MatchQuery | null {
    const ownerNos = this.#ownerNos(criteria);
    const online = criteria.isAvailable ? this.#online(viewer) : [];
    if (ownerNos?.length === 0 || online === null) return null;
    const extent = { newestEntry, ...this.#extent.get() };
    const plan = planOf(criteria, ownerNos, extent, (token) => this.#frequencies.of(token, newestEntry));
    if (!plan) return null;
    const { required, costPerEntry } = plan;
    if (online.length > 0) required.push(online);
    const restricted = this.#restricted(viewer);
    return {
      expression: () => matchExpression(required, restricted),
      expressionWith: (token) => matchExpression([[token], required[0]!], restricted),
      expressionOf: (token) => matchExpression([[token]], []),
      oldestFrom: (newest, listEntries = SEARCH_BOUNDS.listEntries) =>
        costPerEntry === 0 ? 1 : Math.max(1, Math.floor(newest - listEntries / costPerEntry)),
    };
  }

  /** Whom nobody knows as an owner shares nothing. */
  #ownerNos({ ownerIds }: Criteria): number[] | null {
    if (!ownerIds) return null;
    const found = Array.from(ownerIds, (userId) => this.#shares.ownerNo(userId));
    return found.filter((ownerNo) => ownerNo !== undefined);
  }

  /** @returns one of which a name must have; none when they are too many to ask for, null when there are none */
  #online(viewer: Viewer): Alternatives | null {
    // Nobody has a share twice, and most devices have one.
    if (viewer.onlineDeviceIds.length > SEARCH_BOUNDS.alternatives) return [];
    const shareNos = this.#shares.online(viewer, SEARCH_BOUNDS.alternatives + 1);
    if (shareNos.length === 0) return null;
    return shareNos.length > SEARCH_BOUNDS.alternatives ? [] : shareNos.map(shareToken);
  }

  /** @returns the same of what not everybody may see */
  #restricted(viewer: Viewer): Alternatives | null {
    const shareNos = this.#shares.restricted(viewer, SEARCH_BOUNDS.alternatives);
    if (shareNos.length === SEARCH_BOUNDS.alternatives) return [];
    const tokens = shareNos.map(shareToken);
    const ownerNo = this.#shares.ownerNo(viewer.userId);
    if (ownerNo !== undefined) tokens.push(ownerToken(ownerNo));
    return tokens.length > 0 ? tokens : null;
  }
}
