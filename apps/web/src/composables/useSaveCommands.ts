// Saving from a click, with words for how it ended.
import type { EntrySnapshot, ReceivedBundle } from '../adapters/engine-contract.ts';
import type { SaveOutcome } from '../adapters/save-contract.ts';
import { receiveWords } from '../i18n/receive-words.ts';
import { useSaving } from '../stores/saving.ts';
import { useToasts } from '../stores/toasts.ts';
import { useLaterWords } from './useLaterWords.ts';

export function useSaveCommands() {
  const saving = useSaving();
  const toasts = useToasts();
  const { t } = useLaterWords(receiveWords);

  function saveEntry(transferId: string, { index, path }: EntrySnapshot): Promise<void> {
    return told(path.at(-1) ?? '', saving.saveEntry(transferId, index));
  }
  function saveBundle({ transferId, title }: ReceivedBundle): Promise<void> {
    return told(title, saving.saveBundle(transferId));
  }

  async function told(name: string, work: Promise<SaveOutcome>): Promise<void> {
    try {
      const outcome = await work;
      // A download has the browser's own signs; a folder has none.
      if (saving.target.kind === 'folder') toasts.show({ tone: 'success', ...wordsOf(name, outcome) });
    } catch (error) {
      toasts.show({ tone: 'danger', text: failureWords(name, error) });
    }
  }

  function wordsOf(name: string, { saved, skipped }: SaveOutcome): { text: string; body?: string } {
    const left = skipped > 0 ? t('receive.toast.skipped', {}, skipped) : undefined;
    if (saved === 0 && left) return { text: left };
    const text = t('receive.toast.savedTo', { name, folder: saving.target.folderName ?? '' });
    return left ? { text, body: left } : { text };
  }

  function failureWords(name: string, error: unknown): string {
    if (error instanceof Error && error.message === 'folder-refused') return t('receive.toast.folderRefused');
    const isFolderGone = error instanceof DOMException && ['NotFoundError', 'QuotaExceededError'].includes(error.name);
    return isFolderGone ? t('receive.toast.folderGone') : t('receive.toast.failed', { name });
  }

  return { saveEntry, saveBundle };
}
