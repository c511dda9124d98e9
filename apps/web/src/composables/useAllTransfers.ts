// Commands for several transfers at once: each goes on with the others when one refuses.
import type { TransferSnapshot } from '../adapters/engine-contract.ts';
import { failed, pausable, resumable } from '../model/transfer/together.ts';
import { useToasts } from '../stores/toasts.ts';
import { useTransfers } from '../stores/transfers.ts';
import { useWords } from './useWords.ts';

export function useAllTransfers() {
  const transfers = useTransfers();
  const toasts = useToasts();
  const { t } = useWords();

  async function forEach(which: readonly TransferSnapshot[], command: (id: string) => Promise<void>): Promise<void> {
    const answers = await Promise.allSettled(which.map(({ transferId }) => command(transferId)));
    if (answers.some(({ status }) => status === 'rejected'))
      toasts.show({ tone: 'danger', text: t('tray.someFailed') });
  }

  return {
    pauseAll: () => forEach(pausable(transfers.active), transfers.pause),
    resumeAll: () => forEach(resumable(transfers.active), transfers.resume),
    retryFailed: () =>
      forEach(
        failed(transfers.ended).filter(({ canRetry }) => canRetry),
        transfers.retry,
      ),
  };
}
