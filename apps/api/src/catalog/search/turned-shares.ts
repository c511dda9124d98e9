// Shares that were opened to everybody, or closed, after their names were indexed: their names are among the others' until
// they have been moved, bit by bit, when there is time. Until then a search looks for them in both places. Who may see
// them does not depend on it: every row that is found is asked.
import type { Database } from 'better-sqlite3';

/** `next_path`: everything before it has been moved. */
const TABLE = `
  CREATE TABLE turned_shares (share_no INTEGER PRIMARY KEY, next_path TEXT NOT NULL DEFAULT '') STRICT;

  CREATE TRIGGER share_turned AFTER UPDATE OF is_public ON shares WHEN OLD.is_public <> NEW.is_public BEGIN
    INSERT OR REPLACE INTO turned_shares (share_no) VALUES (NEW.share_no);
  END;
  CREATE TRIGGER share_gone AFTER DELETE ON shares BEGIN
    DELETE FROM turned_shares WHERE share_no = OLD.share_no;
  END;
`;

export function createTurnedShares(sqlite: Database): void {
  sqlite.exec(TABLE);
}
