// What follows from checks and downloads of a peer's columns. One report proves nothing, for whoever reports may be the one
// with the broken disk, or a grudge: what a second person finds wrong in the same shard is believed, when the server chose who
// that is. Two accounts that tell the same tale are one grudge.

const DAY_MS = 86_400_000;
/** After that a report that nobody could reproduce is forgotten. */
export const REMEMBERED_MS = 30 * DAY_MS;

export interface ShardReport {
  readonly peerId: string;
  readonly groupId: string;
  readonly index: number;
  readonly shard: number;
  readonly reporterOwnerId: string;
  /** The server asked them to look; else they came by themselves. */
  readonly wasAsked: boolean;
  readonly outcome: 'right' | 'wrong' | 'missing';
  readonly atMs: number;
}

export type AuditVerdict =
  | { readonly type: 'fine' }
  /** The place is missing: at once, for the peer says so itself. */
  | { readonly type: 'missing' }
  /** Somebody else is to ask for the same shard, soon. */
  | { readonly type: 'check-again'; readonly exceptOwnerIds: readonly string[] }
  /** Two people had wrong bytes of the same shard, the second one asked: what the peer holds counts for nothing any more. */
  | { readonly type: 'quarantine' };

/**
 * @param earlier of this peer, in any order; those of other shards are passed over
 * @param accused who owns the peer: what people report of their own devices is no second opinion
 */
export function auditVerdict(report: ShardReport, earlier: readonly ShardReport[], accused: string): AuditVerdict {
  if (report.outcome === 'missing') return { type: 'missing' };
  if (report.outcome === 'right' || report.reporterOwnerId === accused) return { type: 'fine' };
  const reporters = new Set([report.reporterOwnerId]);
  for (const other of earlier) {
    if (!isSameShard(other, report) || report.atMs - other.atMs >= REMEMBERED_MS) continue;
    if (other.outcome === 'wrong' && other.reporterOwnerId !== accused) reporters.add(other.reporterOwnerId);
  }
  if (reporters.size >= 2 && report.wasAsked) return { type: 'quarantine' };
  return { type: 'check-again', exceptOwnerIds: [...reporters, accused] };
}

function isSameShard(one: ShardReport, other: ShardReport): boolean {
  return (
    one.peerId === other.peerId &&
    one.groupId === other.groupId &&
    one.index === other.index &&
    one.shard === other.shard
  );
}
