// What follows when somebody was sent something wrong: a second person looks at the same chunk, and when two found the same
// column wrong, the device counts for nothing. Who is believed is decided in audit-verdict.ts.
import type { Database } from '../db/client.ts';
import type { ColumnKey } from '../db/queries/store-groups.ts';
import type { PlaceKey } from '../db/queries/store-places.ts';
import { putReport, quarantine, reportsOf } from '../db/queries/store-reports.ts';
import { auditVerdict, REMEMBERED_MS, type ShardReport } from './audit-verdict.ts';
import { groupKey } from './lease-book.ts';
import type { StorePeers } from './store-peer.ts';

const SAME_REPORT_MS = 60 * 60_000;

interface Dependencies {
  db: Database;
  /** Has somebody check this chunk who is none of these people. */
  checkAgain: (found: Found, exceptOwnerIds: readonly string[], peers: StorePeers, nowMs: number) => void;
  /** Whatever the device holds counts for nothing any more. */
  quarantined: (deviceId: string) => void;
}

export interface Found {
  place: PlaceKey;
  chunk: number;
}

export class WrongBytes {
  readonly #using: Dependencies;

  constructor(using: Dependencies) {
    this.#using = using;
  }

  found(found: Found, reporterId: string, peers: StorePeers, nowMs: number): void {
    const { db, checkAgain, quarantined } = this.#using;
    const { deviceId: holderId, versionId, group, index } = found.place;
    const accused = peers.get(holderId);
    if (!accused) return;
    const earlier = reportsOf(db, holderId, nowMs - REMEMBERED_MS).map((row) => {
      return asReport(row, row.holderId, row.reporterId, row.reportedAt);
    });
    const report = asReport(found.place, holderId, reporterId, nowMs);
    const verdict = auditVerdict(report, earlier, accused.ownerId);
    if (verdict.type === 'fine') return;
    putReport(db, { holderId, versionId, group, index, reporterId, reportedAt: nowMs });
    if (verdict.type === 'quarantine' && quarantine(db, holderId, nowMs)) quarantined(holderId);
    // Whoever says it over and over has one look taken, not a hundred.
    const isNews = !earlier.some((other) => isSame(other, report) && nowMs - other.atMs < SAME_REPORT_MS);
    if (verdict.type === 'check-again' && isNews) checkAgain(found, verdict.exceptOwnerIds, peers, nowMs);
  }
}

/** Columns are compared, not chunks: a disk that garbles one chunk of a column garbles others. */
function asReport(column: ColumnKey, peerId: string, reporterOwnerId: string, atMs: number): ShardReport {
  return { peerId, groupId: groupKey(column), index: column.index, shard: 0, reporterOwnerId, outcome: 'wrong', atMs };
}

function isSame(one: ShardReport, other: ShardReport): boolean {
  return one.reporterOwnerId === other.reporterOwnerId && one.groupId === other.groupId && one.index === other.index;
}
