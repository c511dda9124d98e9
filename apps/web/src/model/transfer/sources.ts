// The devices that a download of the catalog comes from, by what they do for it. Pure.
import type { SourceSnapshot, TransferSnapshot } from '../../adapters/engine-contract.ts';

type Giver = SourceSnapshot['user'];

/** Chunks may be asked of them now. */
export function servingSources({ sources }: Pick<TransferSnapshot, 'sources'>): SourceSnapshot[] {
  return sources.filter(({ status }) => status === 'serving');
}

/** Whom something came from so far, whoever gave most since this page was opened first; of a person with two devices one. */
export function giversOf({ sources, givers = [] }: Pick<TransferSnapshot, 'sources' | 'givers'>): Giver[] {
  const giving = sources.filter(({ movedBytes }) => movedBytes > 0).sort((a, b) => b.movedBytes - a.movedBytes);
  const people = [...peopleOf(giving), ...givers];
  return [...new Map(people.map((person) => [person.userId, person])).values()];
}

export function peopleOf(sources: readonly SourceSnapshot[]): Giver[] {
  return [...new Map(sources.map(({ user }) => [user.userId, user])).values()];
}
