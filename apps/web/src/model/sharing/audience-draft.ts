// An audience while it is being chosen: it may hold nobody yet. Pure.
import { type Audience, LIMITS } from '@ferry/shared';
import type { SharingKey } from '../../i18n/sharing-words.ts';
import type { Phrase } from '../words/phrase.ts';

/** Why it cannot be used as it stands; null when it can. */
export function audienceProblem(audience: Audience): Phrase<SharingKey> | null {
  if (audience.type === 'everyone') return null;
  const { length } = audience.userIds;
  if (length === 0) return { key: 'audience.none' };
  return length > LIMITS.catalogAudience ? { key: 'audience.tooMany', named: { count: LIMITS.catalogAudience } } : null;
}

/** With them if they were not in it, else without. */
export function toggledPerson(userIds: readonly string[], userId: string): string[] {
  return userIds.includes(userId) ? userIds.filter((other) => other !== userId) : [...userIds, userId];
}
