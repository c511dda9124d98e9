// What may be done with something that this browser stores or delivers. Whatever asks the browser is called from a click,
// and asks before anything else.
import { askAccess } from '../adapters/ask-access.ts';
import type { StoreUpload } from '../adapters/store-contract.ts';
import { storeWords } from '../i18n/store-words.ts';
import type { Brought } from '../model/staging/brought.ts';
import { bundleOf } from '../model/staging/bundle.ts';
import { readingsOf } from '../model/staging/reading.ts';
import type { StagedItem } from '../model/staging/staged-item.ts';
import { chosenTogether } from '../model/transfer/source-kind.ts';
import { useToasts } from '../stores/toasts.ts';
import { useUploads } from '../stores/uploads.ts';
import { useLaterWords } from './useLaterWords.ts';
import { useServerAttempt } from './useServerAttempt.ts';
import { useTransferCommands } from './useTransferCommands.ts';

export function useUploadCommands(upload: () => StoreUpload) {
  const uploads = useUploads();
  const toasts = useToasts();
  const { attempt } = useTransferCommands();
  const attemptAtServer = useServerAttempt();
  const { t } = useLaterWords(storeWords);
  const idOf = () => upload().versionId;
  let chosen: readonly StagedItem[] = [];

  const pause = () => attempt(() => uploads.pause(idOf()));
  const resume = () => attempt(() => uploads.resume(idOf()));
  const stop = () => attemptAtServer(() => uploads.stop(idOf()));

  /** What is safe or over: the one goes on by itself, of the other nothing is left to keep. */
  function dismiss(): void {
    if (upload().status === 'failed') void attempt(() => uploads.forget(idOf()));
    else uploads.hide(idOf());
  }

  function allow(): Promise<boolean> {
    return attempt(async () => {
      const handles = await uploads.lockedHandles(idOf());
      const isAllowed = await askAccess(handles.map((handle) => ({ handle, mode: 'read' as const })));
      // Also when only some may be opened: the engine knows whether that is enough.
      await uploads.unlock(idOf());
      if (!isAllowed) toasts.show({ tone: 'danger', text: t('transfer.notAllowed') });
    });
  }

  /** Items in several places are chosen one after the other: what was chosen before counts too. */
  function supply(brought: Brought): Promise<boolean> {
    return attempt(async () => {
      const now = await Promise.all(readingsOf(brought, () => {}).map(({ done }) => done));
      chosen = chosenTogether(chosen, now, upload().itemCount);
      const { files, handles } = bundleOf(chosen);
      await uploads.supplyFile(idOf(), [...files], [...handles]);
    });
  }

  return { pause, resume, stop, dismiss, allow, supply };
}
