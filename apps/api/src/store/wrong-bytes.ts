// What follows when somebody was sent something wrong: a second person, whom the server chooses, looks at the same chunk, and
// when both found the same column wrong, the device counts for nothing. Who is believed is decided in audit-verdict.ts; how
// many looks somebody can cause, here.
import type { Database } from '../db/client.ts';
import type { ColumnKey } from '../db/queries/store-groups.ts';
import type { PlaceKey } from '../db/queries/store-places.ts';
import { countReportsBy, putReport, quarantine, reportsOf, wasRefuted } from '../db/queries/store-reports.ts';
import { auditVerdict, REMEMBERED_MS, type ShardReport } from './audit-verdict.ts';
import { groupKey } from './lease-book.ts';
import type { StorePeers } from './store-peer.ts';

const HOUR_MS = 60 * 60_000;
const SAME_REPORT_MS = HOUR_MS;
/** Of one person, and each causes a look; whoever has a broken disk of their own finds everything wrong. */
const MOST_REPORTS_AN_HOUR = 20;
/** Whom the server asked found right what they had reported: so long they are not believed of that device again. */
const REFUTED_FOR_MS = 24 * HOUR_MS;

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

export interface Reporter {
  readonly ownerId: string;
  readonly wasAsked: boolean;
}

export class WrongBytes {
  readonly #using: Dependencies;

  constructor(using: Dependencies) {
    this.#using = using;
  }

  found(found: Found, reporter: Reporter, peers: StorePeers, nowMs: number): void {
    const { db, checkAgain, quarantined } = this.#using;
    const { deviceId: holderId, versionId, group, index } = found.place;
    const { ownerId: reporterId, wasAsked } = reporter;
    const accused = peers.get(holderId);
    if (!accused || (!wasAsked && this.#isTooMany(holderId, reporterId, nowMs))) return;
    const earlier = reportsOf(db, holderId, nowMs - REMEMBERED_MS).map((row) => {
      return asReport(row, row.holderId, { ownerId: row.reporterId, wasAsked: false }, row.reportedAt);
    });
    const report = asReport(found.place, holderId, reporter, nowMs);
    const verdict = auditVerdict(report, earlier, accused.ownerId);
    if (verdict.type === 'fine') return;
    putReport(db, { holderId, versionId, group, index, reporterId, reportedAt: nowMs });
    if (verdict.type === 'quarantine' && quarantine(db, holderId, nowMs)) quarantined(holderId);
    // Whoever says it over and over has one look taken, not a hundred.
    const isNews = !earlier.some((other) => isSame(other, report) && nowMs - other.atMs < SAME_REPORT_MS);
    if (verdict.type === 'check-again' && isNews) checkAgain(found, verdict.exceptOwnerIds, peers, nowMs);
  }

  #isTooMany(holderId: string, reporterId: string, nowMs: number): boolean {
    const { db } = this.#using;
    if (countReportsBy(db, reporterId, nowMs - HOUR_MS) >= MOST_REPORTS_AN_HOUR) return true;
    return wasRefuted(db, { holderId, reporterId }, nowMs - REFUTED_FOR_MS);
  }
}

/** Columns are compared, not chunks: a disk that garbles one chunk of a column garbles others. */
function asReport(column: ColumnKey, peerId: string, { ownerId, wasAsked }: Reporter, atMs: number): ShardReport {
  const shard = { peerId, groupId: groupKey(column), index: column.index, shard: 0 };
  return { ...shard, reporterOwnerId: ownerId, wasAsked, outcome: 'wrong', atMs };
}

function isSame(one: ShardReport, other: ShardReport): boolean {
  return one.reporterOwnerId === other.reporterOwnerId && one.groupId === other.groupId && one.index === other.index;
}
