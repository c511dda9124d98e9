// Accepting and declining a request. A refusal for want of space comes with the transfer's own snapshot.
import { type MaybeRefOrGetter, ref, toValue } from 'vue';
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

  async function accept(entryIndexes?: number[]): Promise<void> {
    isAnswering.value = true;
    const id = toValue(transferId);
    try {
      await transfers.accept(id, entryIndexes);
      offer();
    } catch {
      const isExplained = transfers.all.some((transfer) => transfer.transferId === id && transfer.problem);
      if (!isExplained) toasts.show({ tone: 'danger', text: t('common.somethingFailed') });
    } finally {
      isAnswering.value = false;
    }
  }

  async function decline(): Promise<void> {
    await transfers.decline(toValue(transferId));
  }

  return { accept, decline, isAnswering };
}
