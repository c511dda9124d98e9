// Ending what I share on my other devices, from a click, with words for how it went.
import type { ShareElsewhere } from '@ferry/shared';
import { sharingWords } from '../i18n/sharing-words.ts';
import type { DeviceShares } from '../model/sharing/shares-by-device.ts';
import { useAnnouncer } from '../stores/announcer.ts';
import { useSharesElsewhere } from '../stores/shares-elsewhere.ts';
import { useLaterWords } from './useLaterWords.ts';
import { useServerAttempt } from './useServerAttempt.ts';

export function useElsewhereCommands() {
  const elsewhere = useSharesElsewhere();
  const announcer = useAnnouncer();
  const attempt = useServerAttempt();
  const { t } = useLaterWords(sharingWords);

  /** Both resolve with true when it was done. */
  async function end({ shareId, title }: ShareElsewhere): Promise<boolean> {
    const isDone = await attempt(() => elsewhere.end(shareId));
    if (isDone) announcer.say(t('sharing.stopped', { title }));
    return isDone;
  }
  async function endAllOn({ deviceId, deviceName: device }: DeviceShares): Promise<boolean> {
    const isDone = await attempt(() => elsewhere.endAllOn(deviceId));
    if (isDone) announcer.say(t('elsewhere.stoppedAll', { device }));
    return isDone;
  }

  return { end, endAllOn };
}
