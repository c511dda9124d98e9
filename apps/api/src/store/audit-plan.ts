// Which shard of which column a peer is asked to show next, and whom to. Knows no bytes: whoever asks verifies them.
import type { StorePeer, StorePeers } from './store-peer.ts';
import { weightedOrder } from './weighted-order.ts';

const DAY_MS = 86_400_000;
/** Of one peer: 10 GiB in columns of 64 MiB are 160, each of which is looked at once a month. */
export const CHECKS_A_DAY = 5;

/** A column at the peer, with what was checked of it; a download that was verified is a check, too. */
export interface CheckedColumn {
  readonly groupId: string;
  readonly index: number;
  readonly shardCount: number;
  /** Null: never, since it was held. */
  readonly checkedMs: number | null;
}

export interface Audit {
  readonly groupId: string;
  readonly index: number;
  readonly shard: number;
  readonly auditorId: string;
}

export interface AuditFacts {
  readonly peer: StorePeer;
  readonly columns: readonly CheckedColumn[];
  readonly peers: StorePeers;
  readonly nowMs: number;
}

/**
 * What was not checked for longest comes first; which of its shards, and who asks, is left to chance, so that a peer cannot
 * know what it may lose. None when enough of it was checked within a day, or nobody else is there to ask.
 */
export function nextAudit({ peer, columns, peers, nowMs }: AuditFacts, random: () => number): Audit | undefined {
  if (peer.onlineSinceMs === null || peer.isQuarantined) return undefined;
  const today = columns.filter(({ checkedMs }) => checkedMs !== null && nowMs - checkedMs < DAY_MS);
  if (today.length >= CHECKS_A_DAY) return undefined;
  const auditorId = chooseAuditor(peers, [peer.ownerId], random);
  const unchecked = columns.filter((column) => column.shardCount > 0 && !today.includes(column));
  const [column] = weightedOrder(unchecked, () => 1, random).sort((a, b) => checkedAt(a) - checkedAt(b));
  if (auditorId === undefined || !column) return undefined;
  const { groupId, index, shardCount } = column;
  return { groupId, index, shard: Math.floor(random() * shardCount), auditorId };
}

/** Who is there, each person as likely as any other: a hundred devices of one account are not a hundred witnesses. */
export function chooseAuditor(
  peers: StorePeers,
  exceptOwnerIds: readonly string[],
  random: () => number,
): string | undefined {
  const able = [...peers.values()].filter(({ onlineSinceMs, isQuarantined, ownerId }) => {
    return onlineSinceMs !== null && !isQuarantined && !exceptOwnerIds.includes(ownerId);
  });
  const devices = Map.groupBy(able, ({ ownerId }) => ownerId);
  return weightedOrder(able, ({ ownerId }) => 1 / devices.get(ownerId)!.length, random)[0]?.peerId;
}

function checkedAt({ checkedMs }: CheckedColumn): number {
  return checkedMs ?? Number.NEGATIVE_INFINITY;
}
