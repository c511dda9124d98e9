// The users who may see a share: what visibility.ts asks of one of them, the other way round. Used to tell of a change
// those alone who may see it; shows nothing to anybody.
import type { Database, Statement } from 'better-sqlite3';
import { type ChangeReach, NOBODY, reachOfBoth } from './change-reach.ts';
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
  readonly #byNo: Statement;
  readonly #byOwner: Statement;
  readonly #audience: Statement;
  readonly #nextWith: Statement;

  constructor(sqlite: Database) {
    this.#byId = prepareOnce(sqlite, `${SHARES} AND owners.is_hidden = 0 AND share_id = ?`);
    this.#byNo = prepareOnce(sqlite, `${SHARES} AND owners.is_hidden = 0 AND share_no = ?`);
    this.#byOwner = prepareOnce(sqlite, `${SHARES} AND user_id = ?`);
    this.#audience = prepareOnce(sqlite, 'SELECT user_id FROM audience WHERE share_no = ?').pluck();
    // From share to share: each of them may have the same content thousands of times.
    this.#nextWith = prepareOnce(
      sqlite,
      'SELECT min(share_no) FROM entries WHERE content_id = ? AND share_no > ?',
    ).pluck();
  }

  /** Nobody where there is no such share. */
  ofShare(shareId: string): ChangeReach {
    return this.#of(this.#byId.all(shareId));
  }

  /** Of all shares of an owner, as they are when the owner is not hidden. */
  ofOwner(userId: string): ChangeReach {
    return this.#of(this.#byOwner.all(userId));
  }

  /** Whoever may see a file of one of these contents. */
  ofContents(contentIds: readonly Buffer[]): ChangeReach {
    let reach = NOBODY;
    const seen = new Set<number>();
    for (const contentId of contentIds) {
      for (let shareNo = this.#after(contentId, 0); shareNo !== null; shareNo = this.#after(contentId, shareNo)) {
        if (seen.has(shareNo)) continue;
        seen.add(shareNo);
        reach = reachOfBoth(reach, this.#of(this.#byNo.all(shareNo)));
        if (reach === 'everyone') return reach;
      }
    }
    return reach;
  }

  #after(contentId: Buffer, shareNo: number): number | null {
    return this.#nextWith.get(contentId, shareNo) as number | null;
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
