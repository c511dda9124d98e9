// Whoever keeps or owns something of the Store, as a person: their name, and how their pieces would travel.
import { storeWords } from '../i18n/store-words.ts';
import { useKnownRoutes } from '../stores/known-routes.ts';
import { useSession } from '../stores/session.ts';
import type { Reach } from './useCatalogPeople.ts';
import { useLaterWords } from './useLaterWords.ts';

interface Named {
  userId: string;
  username: string;
}

export function useStorePeople() {
  const { t } = useLaterWords(storeWords);
  const session = useSession();
  const routes = useKnownRoutes();

  const isMe = (userId: string) => userId === session.account?.userId;
  const nameOf = ({ userId, username }: Named) => (isMe(userId) ? t('map.you') : username);

  /** What is here travels no way at all. */
  function reachOf({ userId, isOnline }: { userId: string; isOnline: boolean }): Reach {
    if (!isOnline) return 'offline';
    return isMe(userId) ? 'lan' : (routes.known.get(userId) ?? 'online');
  }

  return { isMe, nameOf, reachOf };
}
