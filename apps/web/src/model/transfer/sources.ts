// The devices that a download of the catalog comes from, by what they do for it. Pure.
import type { SourceSnapshot, TransferSnapshot } from '../../adapters/engine-contract.ts';

/** Chunks may be asked of them now. */
export function servingSources({ sources }: Pick<TransferSnapshot, 'sources'>): SourceSnapshot[] {
  return sources.filter(({ status }) => status === 'serving');
}

/** Whom something came from so far; of a person with two devices one. */
export function helpersOf({ sources }: Pick<TransferSnapshot, 'sources'>): SourceSnapshot['user'][] {
  return peopleOf(sources.filter(({ movedBytes }) => movedBytes > 0));
}

export function peopleOf(sources: readonly SourceSnapshot[]): SourceSnapshot['user'][] {
  return [...new Map(sources.map(({ user }) => [user.userId, user])).values()];
}
