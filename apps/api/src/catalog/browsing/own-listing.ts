// Everything that one person lists, on whichever of their devices it is, with its audience: for that person only, who
// calls looks to that. Knows no entries, and not which devices there are.
import type { Audience } from '@ferry/shared';
import type { Database, Statement } from 'better-sqlite3';
import type { OwnListedShare } from '../catalog-index.ts';
import { prepareOnce } from '../prepare-once.ts';
import { SHARES_WITH_OWNERS } from '../visibility.ts';
import { SHARE_COLUMNS, type ShareRow, toShare } from './places.ts';

type Row = ShareRow & { isPublic: number; audience: string };

export class OwnListing {
  readonly #shares: Statement;

  constructor(sqlite: Database) {
    this.#shares = prepareOnce(
      sqlite,
      `SELECT ${SHARE_COLUMNS}, shares.is_public AS isPublic,
         (SELECT json_group_array(user_id) FROM audience WHERE audience.share_no = shares.share_no) AS audience
       FROM ${SHARES_WITH_OWNERS}
       WHERE owners.user_id = @userId AND shares.is_removed = 0 ORDER BY shares.title, shares.share_no`,
    );
  }

  of(userId: string): OwnListedShare[] {
    return (this.#shares.all({ userId }) as Row[]).map(({ isPublic, audience, ...share }) => ({
      ...toShare(share),
      audience: isPublic === 1 ? EVERYONE : { type: 'chosen', userIds: JSON.parse(audience) as string[] },
    }));
  }
}

const EVERYONE: Audience = { type: 'everyone' };
