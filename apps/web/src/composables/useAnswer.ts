// Accepting and declining a request. A refusal for want of space comes with the transfer's own snapshot; whoever is
// refused can accept into a folder instead, with the files chosen before.
import { type MaybeRefOrGetter, ref, toValue } from 'vue';
import { pickTargetFolder } from '../adapters/pick-files.ts';
import { useToasts } from '../stores/toasts.ts';
import { useTransfers } from '../stores/transfers.ts';
import { useNotificationOffer } from './useNotificationOffer.ts';
import { useWords } from './useWords.ts';

export function useAnswer(transferId: MaybeRefOrGetter<string>) {
  const transfers = useTransfers();
  const toasts = useToasts();
  const { t } = useWords();
  const { offer } = useNotificationOffer();
  const isAnswering = ref(false);
  let lastChosen: number[] | undefined;

  async function accept(entryIndexes?: number[], folder?: FileSystemDirectoryHandle): Promise<void> {
    isAnswering.value = true;
    lastChosen = entryIndexes;
    const id = toValue(transferId);
    try {
      await transfers.accept(id, entryIndexes, folder);
      offer();
    } catch {
      const isExplained = transfers.all.some((transfer) => transfer.transferId === id && transfer.problem);
      if (!isExplained) toasts.show({ tone: 'danger', text: t('common.somethingFailed') });
    } finally {
      isAnswering.value = false;
    }
  }

  /** Call from a click: the browser asks for the folder. */
  async function acceptIntoFolder(): Promise<void> {
    try {
      const folder = await pickTargetFolder();
      if (folder) await accept(lastChosen, folder);
    } catch {
      toasts.show({ tone: 'danger', text: t('transfer.folderUnusable') });
    }
  }

  async function decline(): Promise<void> {
    await transfers.decline(toValue(transferId));
  }

  return { accept, acceptIntoFolder, decline, isAnswering };
}
