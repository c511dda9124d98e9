// Which groups of a version a look reads: those that lack something, the worst first, for to read all of a large file takes
// long. Sees numbers of columns and people alone; which of them differ is seen when the group is read.
import type { Code } from './code.ts';
import { groupCode } from './group-code.ts';
import type { GroupCount } from './group-counts.ts';
import { safeThreshold } from './safe-threshold.ts';
import { WINDOW_GROUPS } from './version-upkeep.ts';

/** Of those that lack something. */
const MOST_GROUPS = 128;
/** Some of them are others each minute: whatever is worse and cannot be helped, each has its turn. */
const IN_TURN = 32;
const TURN_MS = 60_000;

interface CountedVersion {
  readonly sizeBytes: number;
  readonly code: Code;
  /** Of the groups before the first new one, in order. */
  readonly counts: readonly GroupCount[];
  /** From this one on, nobody was asked. */
  readonly firstNew: number;
  readonly groupCount: number;
}

interface GroupsToLookAt {
  /** In order; the next ones, too, and the one before them, whose people are asked first. */
  readonly groups: readonly number[];
  /** Others that are not safe, and on their way to somebody who is there. */
  readonly movingElsewhere: number;
  /** There is nobody who could be given anything but more columns than there are to be. */
  readonly isFull: boolean;
}

export function groupsToLookAt(version: CountedVersion, nowMs: number): GroupsToLookAt {
  const { firstNew, groupCount } = version;
  const standings = version.counts.map((count) => standingOf(count, version));
  const lacking = standings.filter(({ assigned, isLacking }) => assigned > 0 || isLacking).sort(worstFirst);
  const looked = new Set(inTurn(lacking, nowMs).map(({ group }) => group));
  const elsewhere = lacking.filter(({ group, isSafe, arriving }) => !looked.has(group) && !isSafe && arriving > 0);
  const next = Array.from({ length: Math.min(WINDOW_GROUPS, groupCount - firstNew) }, (_, at) => firstNew + at);
  const before = next.length > 0 && firstNew > 0 ? [firstNew - 1] : [];
  return {
    groups: [...new Set([...looked, ...before, ...next])].sort((a, b) => a - b),
    movingElsewhere: elsewhere.length,
    isFull: firstNew >= groupCount && !standings.some(({ isLacking }) => isLacking),
  };
}

interface Standing extends GroupCount {
  /** As far as numbers tell. */
  readonly isSafe: boolean;
  readonly isLacking: boolean;
  /** People, while it is not safe; else columns. */
  readonly missing: number;
}

function standingOf(count: GroupCount, { sizeBytes, code }: CountedVersion): Standing {
  const { group, held, owners } = count;
  const ofGroup = groupCode(code, sizeBytes, group);
  const missingOwners = safeThreshold(ofGroup) - Math.min(held, owners);
  const isSafe = missingOwners <= 0;
  // With fewer people than columns somebody has two, of which one can be somebody else's, too.
  const isLacking = held < ofGroup.n || (!isSafe && owners < held);
  return { ...count, isSafe, isLacking, missing: isSafe ? ofGroup.n - held : missingOwners };
}

function worstFirst(a: Standing, b: Standing): number {
  return rankOf(a) - rankOf(b) || b.missing - a.missing || a.group - b.group;
}

function rankOf({ isSafe, assigned }: Standing): number {
  if (!isSafe) return 0;
  return assigned > 0 ? 1 : 2;
}

function inTurn(lacking: readonly Standing[], nowMs: number): readonly Standing[] {
  if (lacking.length <= MOST_GROUPS) return lacking;
  const worst = lacking.slice(0, MOST_GROUPS - IN_TURN);
  const others = lacking.slice(worst.length).sort((a, b) => a.group - b.group);
  const first = (Math.floor(nowMs / TURN_MS) * IN_TURN) % others.length;
  return [...worst, ...Array.from({ length: IN_TURN }, (_, at) => others[(first + at) % others.length]!)];
}
