// The buttons and keys of a transfer, done: calls the engine and has words for when it refuses.
import type { TransferSnapshot } from '../adapters/engine-contract.ts';
import { canMove } from '../model/transfer/queue.ts';
import { actionsOf, type TransferAction } from '../model/transfer/transfer-kind.ts';
import { useAnnouncer } from '../stores/announcer.ts';
import { useToasts } from '../stores/toasts.ts';
import { useTransfers } from '../stores/transfers.ts';
import { useWords } from './useWords.ts';

export function useTransferCommands() {
  const transfers = useTransfers();
  const toasts = useToasts();
  const announcer = useAnnouncer();
  const { t } = useWords();

  const commands: Record<TransferAction, (transferId: string) => Promise<void>> = {
    pause: transfers.pause,
    resume: transfers.resume,
    cancel: transfers.cancel,
    retry: transfers.retry,
    remove: transfers.dismiss,
  };

  /** True when it was done. */
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch {
      toasts.show({ tone: 'danger', text: t('common.somethingFailed') });
      return false;
    }
  }

  function run(action: TransferAction, { transferId }: TransferSnapshot): Promise<boolean> {
    return attempt(() => commands[action](transferId));
  }

  /** The space bar on a row. */
  function togglePause(transfer: TransferSnapshot): void {
    const action = actionsOf(transfer).find((possible) => possible === 'pause' || possible === 'resume');
    if (action) void run(action, transfer);
  }

  /** Says where it is then: those who cannot see the rows change places. */
  async function move({ transferId, title }: TransferSnapshot, to: 'up' | 'down'): Promise<void> {
    const place = transfers.places.get(transferId);
    if (!place || !canMove(place, to) || !(await attempt(() => transfers.move(transferId, to)))) return;
    const next = place.place + (to === 'up' ? -1 : 1);
    announcer.say(t('transfer.moved', { title, place: next, count: place.count }));
  }

  return { attempt, run, togglePause, move };
}
