// What the user does for a transfer that cannot go on by itself: allows, chooses again, lets it start. Whatever asks
// the browser is called from a click, and asks before anything else.

import { askAccess } from '../adapters/ask-access.ts';
import type { TransferSnapshot } from '../adapters/engine-contract.ts';
import { pickTargetFolder } from '../adapters/pick-files.ts';
import type { Brought } from '../model/staging/brought.ts';
import { bundleOf } from '../model/staging/bundle.ts';
import { readingsOf } from '../model/staging/reading.ts';
import type { StagedItem } from '../model/staging/staged-item.ts';
import { chosenTogether } from '../model/transfer/source-kind.ts';
import { useSession } from '../stores/session.ts';
import { useToasts } from '../stores/toasts.ts';
import { useTransfers } from '../stores/transfers.ts';
import { useTransferCommands } from './useTransferCommands.ts';
import { useWords } from './useWords.ts';

export function useRemedies(transfer: () => TransferSnapshot) {
  const session = useSession();
  const transfers = useTransfers();
  const toasts = useToasts();
  const { attempt } = useTransferCommands();
  const { t } = useWords();
  const idOf = () => transfer().transferId;
  let chosen: readonly StagedItem[] = [];

  const retry = () => attempt(() => transfers.retry(idOf()));
  const start = () => attempt(() => transfers.move(idOf(), 'first'));

  function allow(): Promise<boolean> {
    return attempt(async () => {
      const isAllowed = await askAccess(await transfers.lockedHandles(idOf()));
      // Also when only some may be opened: the engine knows whether that is enough.
      await transfers.unlock(idOf());
      if (!isAllowed) toasts.show({ tone: 'danger', text: t('transfer.notAllowed') });
    });
  }

  /** Items in several places are chosen one after the other: what was chosen before counts too. */
  function supply(brought: Brought): Promise<boolean> {
    return attempt(async () => {
      const now = await Promise.all(readingsOf(brought, () => {}).map(({ done }) => done));
      chosen = chosenTogether(chosen, now, transfer().itemCount);
      const { files, handles } = bundleOf(chosen);
      await transfers.supplyFiles(idOf(), files, handles);
    });
  }

  async function useFolder(): Promise<void> {
    try {
      const folder = await pickTargetFolder();
      if (folder) await transfers.useFolder(idOf(), folder);
    } catch {
      toasts.show({ tone: 'danger', text: t('transfer.folderUnusable') });
    }
  }

  function answerChange(answer: 'fetch-new' | 'leave-out'): Promise<boolean> {
    return attempt(() => session.desk().engine.catalog.answerChange(idOf(), answer));
  }

  return { retry, start, allow, supply, useFolder, answerChange };
}
