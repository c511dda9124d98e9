// What may be done with the Store from a click, with words for how it went.
import type { StoredFile } from '@ferry/shared';
import { storeWords } from '../i18n/store-words.ts';
import type { Brought } from '../model/staging/brought.ts';
import { bundleOf } from '../model/staging/bundle.ts';
import { readingsOf } from '../model/staging/reading.ts';
import { useSession } from '../stores/session.ts';
import { useStoredFiles } from '../stores/stored-files.ts';
import { useToasts } from '../stores/toasts.ts';
import { useUploads } from '../stores/uploads.ts';
import { useLaterWords } from './useLaterWords.ts';
import { useNotificationOffer } from './useNotificationOffer.ts';
import { useServerAttempt } from './useServerAttempt.ts';

export function useStoreCommands() {
  const session = useSession();
  const toasts = useToasts();
  const uploads = useUploads();
  const files = useStoredFiles();
  const attempt = useServerAttempt();
  const { offer } = useNotificationOffer();
  const { t } = useLaterWords(storeWords);

  /** A folder would fall apart into files that have lost their places. */
  async function add({ files: brought, folders }: Brought): Promise<void> {
    if (folders.length > 0) toasts.show({ tone: 'plain', text: t('store.toast.folders') });
    const items = await Promise.all(readingsOf({ files: brought, folders: [] }, () => {}).map(({ done }) => done));
    const single = items.filter(({ kind }) => kind === 'file');
    if (single.length < items.length) toasts.show({ tone: 'plain', text: t('store.toast.folders') });
    const { title, files: outgoing, handles } = bundleOf(single);
    if (outgoing.length === 0) return;
    try {
      await uploads.add({ files: [...outgoing], handles: [...handles], expiresAt: null });
    } catch {
      toasts.show({ tone: 'danger', text: t('store.toast.addFailed', { name: title }) });
      return;
    }
    const text =
      outgoing.length === 1
        ? t('store.toast.adding', { name: title })
        : t('store.toast.addingMany', {}, outgoing.length);
    toasts.show({ tone: 'success', text });
    void files.refresh();
  }

  async function download({ versionId, name, sizeBytes, mediaType, modifiedMs, owner, health }: StoredFile) {
    try {
      await session.desk().engine.store.download({ versionId, name, sizeBytes, mediaType, modifiedMs, owner });
    } catch {
      toasts.show({ tone: 'danger', text: t('store.toast.downloadFailed', { name }) });
      return;
    }
    const isLater = health.status === 'unfetchable';
    toasts.show({ tone: 'success', text: t(isLater ? 'store.toast.downloadLater' : 'store.toast.download', { name }) });
    offer();
  }

  /** True when it was done. */
  async function remove({ versionId, name }: Pick<StoredFile, 'versionId' | 'name'>): Promise<boolean> {
    const isDone = await attempt(() => session.desk().store.remove(versionId));
    if (!isDone) return false;
    toasts.show({ tone: 'plain', text: t('store.deleted', { name }) });
    // This browser may still be spreading it.
    if (uploads.all.some((upload) => upload.versionId === versionId)) await uploads.forget(versionId);
    void files.refresh();
    return true;
  }

  function keepUntil(versionId: string, expiresAt: number | null): Promise<boolean> {
    return attempt(() => session.desk().store.keepUntil(versionId, expiresAt));
  }

  return { add, download, remove, keepUntil };
}
