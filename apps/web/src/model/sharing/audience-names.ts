// Who an audience is, as names to show: the first few, and how many more. Pure.
import type { Audience, Person } from '@ferry/shared';

/** More names than that nobody reads in a line. */
const SHOWN = 3;

export interface AudienceNames {
  names: string[];
  moreCount: number;
}

/** Null for everyone. Whoever is not known any more counts, without a name. */
export function audienceNames(audience: Audience, people: readonly Person[]): AudienceNames | null {
  if (audience.type === 'everyone') return null;
  const known = new Map(people.map(({ userId, username }) => [userId, username]));
  const names = audience.userIds.flatMap((userId) => known.get(userId) ?? []);
  const shown = names.slice(0, audience.userIds.length > SHOWN ? SHOWN - 1 : SHOWN);
  return { names: shown, moreCount: audience.userIds.length - shown.length };
}
