// Who may see that something changed: everyone, or these users. Whoever is told of a change that they may not see learns
// that there is something, and when. Pure; knows no shares.

export type ChangeReach = 'everyone' | ReadonlySet<string>;

export const NOBODY: ChangeReach = new Set();

/** Whoever is in one of them. */
export function reachOfBoth(one: ChangeReach, other: ChangeReach): ChangeReach {
  if (one === 'everyone' || other === 'everyone') return 'everyone';
  if (one.size === 0) return other;
  return other.size === 0 ? one : new Set([...one, ...other]);
}

/** Whoever is in both of them. */
export function reachWithinBoth(one: ChangeReach, other: ChangeReach): ChangeReach {
  if (one === 'everyone') return other;
  return other === 'everyone' ? one : new Set([...one].filter((userId) => other.has(userId)));
}
