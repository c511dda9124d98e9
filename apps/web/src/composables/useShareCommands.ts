// Sharing from a click, and what may be done with what is shared, with words for how it went. Whatever asks the browser
// is called from a click, and asks before anything else.
import { askAccess } from '../adapters/ask-access.ts';
import type { ScanRules, ShareSnapshot } from '../adapters/catalog-contract.ts';
import { sharingWords } from '../i18n/sharing-words.ts';
import { planned } from '../model/sharing/planned-share.ts';
import type { Brought } from '../model/staging/brought.ts';
import { useAnnouncer } from '../stores/announcer.ts';
import { type ShareDefaults, useShareDefaults } from '../stores/share-defaults.ts';
import { useSharing } from '../stores/sharing.ts';
import { useToasts } from '../stores/toasts.ts';
import { useAudienceWords } from './useAudienceWords.ts';
import { useLaterWords } from './useLaterWords.ts';
import { useTransferCommands } from './useTransferCommands.ts';

export function useShareCommands() {
  const sharing = useSharing();
  const defaults = useShareDefaults();
  const toasts = useToasts();
  const announcer = useAnnouncer();
  const { words } = useAudienceWords();
  const { attempt } = useTransferCommands();
  const { t } = useLaterWords(sharingWords);

  async function share(brought: Brought): Promise<void> {
    const { audience } = defaults.current;
    const outcomes = await sharing.share(brought);
    const shared = outcomes.filter(({ outcome }) => outcome === 'shared').map(({ title }) => title);
    if (shared.length > 0) {
      const audienceWords = words(audience, { everyone: 'sharing.everyone', chosen: 'sharing.onlyChosen' });
      announcer.say(t('sharing.sharedWith', { title: shared.join(', '), audience: audienceWords }));
    }
    for (const { title, outcome } of outcomes)
      if (outcome === 'failed') toasts.show({ tone: 'danger', text: t('sharing.failed', { title }) });
    if (outcomes.length === 0 || outcomes.some(({ outcome }) => outcome === 'nothing'))
      toasts.show({ tone: 'plain', text: t('sharing.nothing') });
  }

  /** What was chosen for one is how the next one begins. */
  async function change({ shareId, kind }: ShareSnapshot, { audience, rules }: ShareDefaults): Promise<void> {
    const next: { audience: ShareDefaults['audience']; rules?: ScanRules } = { audience };
    if (kind === 'folder') next.rules = rules;
    if (await attempt(() => sharing.change(shareId, next))) defaults.remember(next);
  }

  async function stop({ shareId, title }: ShareSnapshot): Promise<void> {
    if (await attempt(() => sharing.stop(shareId))) announcer.say(t('sharing.stopped', { title }));
  }
  async function stopAll(): Promise<void> {
    if (await attempt(() => sharing.stopAll())) announcer.say(t('sharing.stoppedAll'));
  }
  async function rescan({ shareId, title }: ShareSnapshot): Promise<void> {
    if (await attempt(() => sharing.rescan(shareId))) announcer.say(t('sharing.rescanning', { title }));
  }

  /** All of them with one click: it is spent by the time the first answer is there. */
  function allow(locked: readonly ShareSnapshot[]): Promise<boolean> {
    return attempt(async () => {
      const handles = await Promise.all(locked.map(({ shareId }) => sharing.lockedHandles(shareId)));
      const isAllowed = await askAccess(handles.flat().map((handle) => ({ handle, mode: 'read' as const })));
      // Also when only some may be opened: the engine knows which.
      await Promise.all(locked.map(({ shareId }) => sharing.unlock(shareId)));
      if (!isAllowed) toasts.show({ tone: 'danger', text: t('transfer.notAllowed') });
    });
  }

  /** Only with what it was: something else under its name would be shown to people who were chosen for this. */
  function reconnect({ shareId, title, kind }: ShareSnapshot, brought: Brought): Promise<boolean> {
    return attempt(async () => {
      const plans = await planned(brought, () => ({ signal: new AbortController().signal, onProgress: () => {} }));
      const shares = (await Promise.all(plans.map((plan) => plan.share))).filter((plan) => plan !== null);
      const found = shares.find((plan) => plan.kind === kind && isSame(title, plan));
      const [chosen] = plans;
      if (found) await sharing.reconnect(shareId, found.files, found.handles);
      else if (chosen) toasts.show({ tone: 'danger', text: t('sharing.notThat', { title, chosen: chosen.title }) });
      else toasts.show({ tone: 'plain', text: t('sharing.nothing') });
    });
  }

  return { share, change, stop, stopAll, rescan, allow, reconnect };
}

/** A folder by its name; of files the one that the share is called after must be there. */
function isSame(
  title: string,
  { files, handles }: { files: { path: string[] }[]; handles: { name: string }[] },
): boolean {
  return handles.some(({ name }) => name === title) || files.some(({ path }) => path[0] === title);
}
