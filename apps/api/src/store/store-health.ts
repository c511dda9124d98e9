// How safe a version is, in numbers and one word: of the group that is worst off, by people and not by devices. Pure.
import type { StoreHealth, StoreStatus } from '@ferry/shared';
import type { Code } from './code.ts';
import { groupColumns } from './columns.ts';
import { isDead } from './departures.ts';
import { countedIndex, groupCode } from './group-code.ts';
import { happiness } from './happiness.ts';
import type { Place } from './place.ts';
import { safeThreshold } from './safe-threshold.ts';
import type { Segment } from './segments.ts';
import { sparePeople } from './spare-people.ts';
import type { StorePeers } from './store-peer.ts';

export interface HealthFacts {
  readonly sizeBytes: number;
  /** Null as long as nobody could keep it. */
  readonly code: Code | null;
  readonly segments: readonly Segment[];
  readonly peers: StorePeers;
  readonly nowMs: number;
  /** It has the file, and is online. */
  readonly isUploaderThere: boolean;
  readonly isBeingRepaired: boolean;
}

/** What can be said of groups that are all alike. */
export interface SegmentHealth {
  readonly firstGroup: number;
  readonly groupCount: number;
  readonly needed: number;
  /** Different columns. */
  readonly online: number;
  readonly kept: number;
  /** People who keep different ones, and how many make it safe. */
  readonly owners: number;
  readonly safeOwners: number;
  readonly spareOwners: number;
}

const EMPTY_FILE: StoreHealth = {
  status: 'safe',
  spread: 1,
  online: 0,
  kept: 0,
  needed: 0,
  ownerCount: 0,
  onlineOwnerCount: 0,
  spareOwners: 0,
  missingOwners: 0,
  isBeingRepaired: false,
};
const NOBODY: Code = { k: 1, n: 0 };

export function storeHealth(facts: HealthFacts): StoreHealth {
  if (facts.sizeBytes === 0) return EMPTY_FILE;
  const segments = segmentHealths(facts);
  const worst = segments.reduce((a, b) => (isWorse(b, a) ? b : a));
  const missingOwners = Math.max(...segments.map(({ owners, safeOwners }) => Math.max(0, safeOwners - owners)));
  return {
    status: statusOf(facts, worst, missingOwners),
    spread: spreadOf(segments),
    online: worst.online,
    kept: worst.kept,
    needed: worst.needed,
    ...countOwners(facts),
    spareOwners: Math.min(...segments.map(({ spareOwners }) => spareOwners)),
    missingOwners,
    isBeingRepaired: facts.isBeingRepaired,
  };
}

/** In order; one for all groups when nobody keeps any. */
export function segmentHealths({ code, sizeBytes, segments, peers, nowMs }: HealthFacts): SegmentHealth[] {
  if (!code || segments.length === 0) {
    const nobody = { needed: 1, online: 0, kept: 0, owners: 0, safeOwners: safeThreshold(NOBODY), spareOwners: -1 };
    return [{ firstGroup: 0, groupCount: 1, ...nobody }];
  }
  return segments.map(({ firstGroup, groupCount, holdings }) => {
    const ofGroup = groupCode(code, sizeBytes, firstGroup);
    const places: Place[] = holdings
      .filter(({ deviceId }) => !isDead(peers.get(deviceId), nowMs))
      .map(({ index, deviceId }) => ({
        index: countedIndex(ofGroup, index),
        peerId: deviceId,
        ownerId: peers.get(deviceId)!.ownerId,
        state: 'held',
        sinceMs: 0,
      }));
    const { online, alive } = groupColumns(places, peers, nowMs);
    return {
      firstGroup,
      groupCount,
      needed: ofGroup.k,
      online: online.size,
      kept: alive.size,
      owners: happiness(places),
      safeOwners: safeThreshold(ofGroup),
      spareOwners: sparePeople(places, ofGroup.k, peers, nowMs),
    };
  });
}

/** From 0 to 1, of all groups alike. */
function spreadOf(segments: readonly SegmentHealth[]): number {
  let groups = 0;
  let done = 0;
  for (const { groupCount, owners, safeOwners } of segments) {
    groups += groupCount;
    done += groupCount * Math.min(1, owners / safeOwners);
  }
  return done / groups;
}

function statusOf({ isUploaderThere }: HealthFacts, worst: SegmentHealth, missingOwners: number): StoreStatus {
  if (missingOwners > 0 && isUploaderThere) return 'spreading';
  if (worst.online < worst.needed) return 'unfetchable';
  return missingOwners > 0 ? 'at-risk' : 'safe';
}

function isWorse(a: SegmentHealth, b: SegmentHealth): boolean {
  return a.online - a.needed < b.online - b.needed || (a.online - a.needed === b.online - b.needed && a.kept < b.kept);
}

function countOwners({ segments, peers, nowMs }: HealthFacts) {
  const all = new Set<string>();
  const online = new Set<string>();
  for (const { deviceId } of segments.flatMap(({ holdings }) => holdings)) {
    const peer = peers.get(deviceId);
    if (!peer || isDead(peer, nowMs)) continue;
    all.add(peer.ownerId);
    if (peer.onlineSinceMs !== null) online.add(peer.ownerId);
  }
  return { ownerCount: all.size, onlineOwnerCount: online.size };
}
