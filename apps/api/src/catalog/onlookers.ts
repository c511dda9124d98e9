// The users who may see a share: what visibility.ts asks of one of them, the other way round. Used to tell of a change
// those alone who may see it; shows nothing to anybody.
import type { Holding } from '@ferry/shared';
import type { Database, Statement } from 'better-sqlite3';
import { type ChangeReach, NOBODY, reachWithinBoth } from './change-reach.ts';
import { prepareOnce } from './prepare-once.ts';
import { SHARES_WITH_OWNERS } from './visibility.ts';

interface SeenShare {
  shareNo: number;
  isPublic: number;
  ownerId: string;
}

const SHARES = `SELECT share_no AS shareNo, is_public AS isPublic, user_id AS ownerId FROM ${SHARES_WITH_OWNERS}
  WHERE shares.is_removed = 0`;

export class Onlookers {
  readonly #byId: Statement;
  readonly #byOwner: Statement;
  readonly #audience: Statement;

  constructor(sqlite: Database) {
    this.#byId = prepareOnce(sqlite, `${SHARES} AND owners.is_hidden = 0 AND share_id = ?`);
    this.#byOwner = prepareOnce(sqlite, `${SHARES} AND user_id = ?`);
    this.#audience = prepareOnce(sqlite, 'SELECT user_id FROM audience WHERE share_no = ?').pluck();
  }

  /** Nobody where there is no such share. */
  ofShare(shareId: string): ChangeReach {
    return this.#of(this.#byId.all(shareId));
  }

  /** Of all shares of an owner, as they are when the owner is not hidden. */
  ofOwner(userId: string): ChangeReach {
    return this.#of(this.#byOwner.all(userId));
  }

  /** Whoever may see all of these, which are still of these owners: holders are there for nobody else (holders.ts). */
  ofAll(shares: Holding['shares']): ChangeReach {
    return shares
      .map(([shareId, ownerId]) =>
        this.#of((this.#byId.all(shareId) as SeenShare[]).filter((of) => of.ownerId === ownerId)),
      )
      .reduce(reachWithinBoth, shares.length > 0 ? 'everyone' : NOBODY);
  }

  #of(rows: unknown[]): ChangeReach {
    const shares = rows as SeenShare[];
    if (shares.some(({ isPublic }) => isPublic === 1)) return 'everyone';
    const users = new Set<string>();
    for (const { shareNo, ownerId } of shares) {
      users.add(ownerId);
      for (const userId of this.#audience.all(shareNo) as string[]) users.add(userId);
    }
    return users;
  }
}
