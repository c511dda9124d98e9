// Giving room to others and taking it back, with words for how it went.
import { storeWords } from '../i18n/store-words.ts';
import { useAnnouncer } from '../stores/announcer.ts';
import { useSpace } from '../stores/space.ts';
import { useFormat } from './useFormat.ts';
import { useLaterWords } from './useLaterWords.ts';
import { useTransferCommands } from './useTransferCommands.ts';

export function useSpaceCommands() {
  const space = useSpace();
  const announcer = useAnnouncer();
  const { attempt } = useTransferCommands();
  const { bytes } = useFormat();
  const { t } = useLaterWords(storeWords);

  /** 0 is a no. True when it was done. */
  async function offer(offeredBytes: number): Promise<boolean> {
    if (!(await attempt(() => space.set(offeredBytes)))) return false;
    announcer.say(offeredBytes > 0 ? t('space.given', { size: bytes(offeredBytes) }) : t('space.refused'));
    return true;
  }

  async function wipe(): Promise<boolean> {
    if (!(await attempt(() => space.wipe()))) return false;
    announcer.say(t('space.wiped'));
    return true;
  }

  return { offer, wipe };
}
