// The buttons of a transfer, done: calls the engine and has words for when it refuses.
import type { TransferSnapshot } from '../adapters/engine-contract.ts';
import { actionsOf, type TransferAction } from '../model/transfer/transfer-kind.ts';
import { useToasts } from '../stores/toasts.ts';
import { useTransfers } from '../stores/transfers.ts';
import { useWords } from './useWords.ts';

export function useTransferCommands() {
  const transfers = useTransfers();
  const toasts = useToasts();
  const { t } = useWords();

  const commands: Record<TransferAction, (transferId: string) => Promise<void>> = {
    pause: transfers.pause,
    resume: transfers.resume,
    cancel: transfers.cancel,
    retry: transfers.retry,
    remove: transfers.dismiss,
  };

  async function run(action: TransferAction, { transferId }: TransferSnapshot): Promise<void> {
    try {
      await commands[action](transferId);
    } catch {
      // A retry can only fail for want of files: they are not kept.
      toasts.show({ tone: 'danger', text: t(action === 'retry' ? 'transfer.filesGone' : 'common.somethingFailed') });
    }
  }

  /** The space bar on a row. */
  function togglePause(transfer: TransferSnapshot): void {
    const action = actionsOf(transfer).find((possible) => possible === 'pause' || possible === 'resume');
    if (action) void run(action, transfer);
  }

  return { run, togglePause };
}
