// Owners and sources of entries as people: their names, whether what they share can be fetched now, and how it would
// travel.
import type { CatalogEntry, CatalogSource } from '@ferry/shared';
import type { Route } from '../adapters/engine-contract.ts';
import { catalogWords } from '../i18n/catalog-words.ts';
import { useKnownRoutes } from '../stores/known-routes.ts';
import { usePeople } from '../stores/people.ts';
import { useSession } from '../stores/session.ts';
import { useLaterWords } from './useLaterWords.ts';

/** `online`: there, but not connected to yet. */
export type Reach = Route | 'online';

export function useCatalogPeople() {
  const { t } = useLaterWords(catalogWords);
  const people = usePeople();
  const routes = useKnownRoutes();
  const session = useSession();

  const isMe = (userId: string) => userId === session.account?.userId;
  const usernameOf = (userId: string) => people.find(userId)?.username ?? t('catalog.someone');
  const nameOf = (userId: string) => (isMe(userId) ? t('catalog.you') : usernameOf(userId));

  function isOnline({ userId, deviceId }: Pick<CatalogSource, 'userId' | 'deviceId'>): boolean {
    return people.find(userId)?.devices.some((device) => device.deviceId === deviceId) ?? false;
  }
  function reachOf(source: Pick<CatalogSource, 'userId' | 'deviceId'>): Reach {
    if (!isOnline(source)) return 'offline';
    return routes.known.get(source.userId) ?? 'online';
  }
  /** Who has it and is there, if anybody is. */
  function availableFrom(entry: CatalogEntry): 'sharer' | 'fetcher' | null {
    if (isOnline(entry) || entry.sources.some(isOnline)) return 'sharer';
    return entry.isPassedOn ? 'fetcher' : null;
  }

  return { isMe, usernameOf, nameOf, isOnline, reachOf, availableFrom };
}
