// A repair: one holder pulls what it lacks of k columns, makes new ones and pushes them, without the key. Says who, from whom,
// which columns and for whom. Whether it is needed was decided before; that nobody else does it is repair-lease.ts's.
import { type Assigning, type Assignment, assignColumns } from './assign-columns.ts';
import { inOrderOfChance } from './candidates.ts';
import { freeColumns, groupColumns } from './columns.ts';
import type { Place } from './place.ts';
import type { RepairNeed } from './repair-need.ts';
import type { StorePeers } from './store-peer.ts';
import { weightedOrder } from './weighted-order.ts';

export interface RepairPlan {
  readonly repairerId: string;
  /** With what the repairer has itself, k different columns. */
  readonly sources: readonly Pick<Place, 'index' | 'peerId'>[];
  readonly columns: readonly Assignment[];
}

export interface Repairing extends Assigning {
  /** Who makes columns of another group just now. */
  readonly busyPeerIds: ReadonlySet<string>;
  /** Columns of which it is known what they contain: what is made is checked against it. Undefined: all. */
  readonly makeable?: ReadonlySet<number>;
}

/** None while too few can take a column, or everybody who could make them is busy: asked again later. */
export function planRepair(need: RepairNeed, using: Repairing, random: () => number): RepairPlan | undefined {
  const online = using.places.filter(({ state, peerId }) => state === 'held' && isOnline(using.peers, peerId));
  const repairerId = chooseRepairer(online, using, random);
  if (repairerId === undefined) return undefined;
  const sources = chooseSources(online, repairerId, using.code.k, random);
  if (!sources) return undefined;
  const candidates = inOrderOfChance(using.candidates, random, using.companions);
  const columns = assignColumns(wantedColumns(need, using), { ...using, candidates });
  return columns.length < need.leastColumns ? undefined : { repairerId, sources, columns };
}

/** In bytes that peers send each other, of columns as large as the largest. */
export function repairBytes({ sources, columns }: RepairPlan, columnBytes: number): number {
  return (sources.length + columns.length) * columnBytes;
}

function isOnline(peers: StorePeers, peerId: string): boolean {
  const peer = peers.get(peerId);
  return peer !== undefined && peer.onlineSinceMs !== null && !peer.isQuarantined;
}

/** Somebody who is likely to stay until it is done, and not always the same. */
function chooseRepairer(
  online: readonly Place[],
  { peers, busyPeerIds }: Repairing,
  random: () => number,
): string | undefined {
  const idle = [...new Set(online.map(({ peerId }) => peerId))].filter((peerId) => !busyPeerIds.has(peerId));
  return weightedOrder(idle, (peerId) => (peers.get(peerId)?.officeUptime ?? 0) ** 4, random)[0];
}

function chooseSources(
  online: readonly Place[],
  repairerId: string,
  k: number,
  random: () => number,
): RepairPlan['sources'] | undefined {
  const own = new Set(online.filter(({ peerId }) => peerId === repairerId).map(({ index }) => index));
  const toPull = Math.max(0, k - own.size);
  const sources = new Map<number, Pick<Place, 'index' | 'peerId'>>();
  for (const { index, peerId } of weightedOrder(online, () => 1, random)) {
    if (sources.size < toPull && !own.has(index) && !sources.has(index)) sources.set(index, { index, peerId });
  }
  return sources.size < toPull ? undefined : [...sources.values()];
}

/** Columns keep their index. When those that are gone do not suffice, a second one is made of some that are away. */
function wantedColumns(
  { reason, columns }: RepairNeed,
  { code, places, peers, nowMs, deadAfterMs, makeable }: Repairing,
): number[] {
  const { taken, arriving } = groupColumns(places, peers, nowMs, deadAfterMs);
  const free = freeColumns(code.n, taken).filter((index) => makeable?.has(index) !== false);
  if (reason !== 'floor') return free.slice(0, columns);
  const away = [...taken].filter((index) => !arriving.has(index));
  const uptimeOf = new Map(away.map((index) => [index, bestUptime(index, places, peers)]));
  const seldom = away.sort((a, b) => uptimeOf.get(a)! - uptimeOf.get(b)!);
  return [...free, ...seldom].slice(0, columns);
}

function bestUptime(index: number, places: readonly Place[], peers: StorePeers): number {
  const holders = places.filter((place) => place.index === index && place.state === 'held');
  return Math.max(0, ...holders.map(({ peerId }) => peers.get(peerId)?.officeUptime ?? 0));
}
