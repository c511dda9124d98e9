// What may be done with entries of the catalog, from a click, with words for how it went.
import type { CatalogEntry, CatalogPlace } from '@ferry/shared';
import { useRouter } from 'vue-router';
import type { HeldContent } from '../adapters/catalog-contract.ts';
import { catalogWords } from '../i18n/catalog-words.ts';
import { browseAddress, parentPath } from '../model/catalog/place.ts';
import { useCatalogDownloads } from '../stores/catalog-downloads.ts';
import { useSession } from '../stores/session.ts';
import { useToasts } from '../stores/toasts.ts';
import { useCatalogPeople } from './useCatalogPeople.ts';
import { useLaterWords } from './useLaterWords.ts';
import { useNotificationOffer } from './useNotificationOffer.ts';

export function useCatalogCommands() {
  const downloads = useCatalogDownloads();
  const session = useSession();
  const toasts = useToasts();
  const router = useRouter();
  const { t } = useLaterWords(catalogWords);
  const { usernameOf, availableFrom } = useCatalogPeople();
  const { offer } = useNotificationOffer();

  /** Fetches them all; of those whose owners are away, the engine waits for them. */
  async function download(entries: readonly CatalogEntry[]): Promise<void> {
    const begun = await Promise.allSettled(entries.map((entry) => downloads.download(entry, usernameOf(entry.userId))));
    const doneCount = begun.filter(({ status }) => status === 'fulfilled').length;
    const [first] = entries;
    if (!first) return;
    if (doneCount < entries.length) {
      const text = entries.length === 1 ? t('catalog.toast.failed', { name: first.name }) : t('catalog.toast.some');
      toasts.show({ tone: 'danger', text });
    } else toasts.show({ tone: 'success', text: begunWords(entries, first) });
    if (doneCount > 0) offer();
  }

  /** What is there, the server says first. */
  async function downloadPlace(place: CatalogPlace): Promise<void> {
    try {
      await download([await session.desk().catalog.details(place)]);
    } catch {
      toasts.show({ tone: 'danger', text: t('common.somethingFailed') });
    }
  }

  function begunWords(entries: readonly CatalogEntry[], first: CatalogEntry): string {
    if (entries.length > 1) return t('catalog.toast.downloads', {}, entries.length);
    const { name, userId } = first;
    if (availableFrom(first)) return t('catalog.toast.download', { name });
    return t('catalog.toast.whenBack', { name, owner: usernameOf(userId) });
  }

  /** Where it is: among what was received, or in what is shared from here. */
  function open(held: HeldContent): void {
    if (held.type === 'received') void router.push({ path: '/receive', hash: `#${held.transferId}` });
    else void router.push(browseAddress({ shareId: held.shareId, path: parentPath(held.path) }));
  }

  async function stopSharing({ shareId, path, name }: CatalogEntry): Promise<void> {
    try {
      await session.desk().engine.catalog.stopSharing(shareId, path === '' ? undefined : path);
      toasts.show({ tone: 'plain', text: t('catalog.toast.stopped', { name }) });
    } catch {
      toasts.show({ tone: 'danger', text: t('catalog.toast.stopFailed', { name }) });
    }
  }

  return { download, downloadPlace, open, stopSharing };
}
