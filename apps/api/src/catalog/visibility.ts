// Which shares somebody may see: in one place, as SQL that every question to the catalog contains. Knows no entries.

/**
 * A condition on `shares` joined with `owners` under these names; `@viewerId` is the user who asks. What has been
 * removed, and what is of an owner who is hidden, nobody sees.
 *
 * The plus changes no value. Without it SQLite, as it is built here, looks into what is bound to a join and plans it anew
 * every time, which takes ten times as long as to answer.
 */
export const IS_VISIBLE = `
  shares.is_removed = 0 AND owners.is_hidden = 0 AND (
    shares.is_public = 1
    OR owners.user_id = +@viewerId
    OR EXISTS (SELECT 1 FROM audience WHERE audience.user_id = +@viewerId AND audience.share_no = shares.share_no)
  )`;

/** `shares` and `owners`, to be followed by a WHERE with {@link IS_VISIBLE}. */
export const SHARES_WITH_OWNERS = 'shares JOIN owners ON owners.owner_no = shares.owner_no';
