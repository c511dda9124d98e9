// Offers notifications once, after the first accepted transfer, and asks the browser only from a click.
import { useLocalStorage } from '@vueuse/core';
import { useToasts } from '../stores/toasts.ts';
import { useWords } from './useWords.ts';

export function useNotificationOffer() {
  const toasts = useToasts();
  const { t } = useWords();
  const wasOffered = useLocalStorage('ferry.notifications-offered', false);

  function offer(): void {
    if (wasOffered.value || !('Notification' in window) || Notification.permission !== 'default') return;
    wasOffered.value = true;
    toasts.show({
      tone: 'plain',
      text: t('notify.offer'),
      body: t('notify.offerBody'),
      action: { label: t('notify.turnOn'), run: () => void Notification.requestPermission() },
    });
  }
  return { offer };
}
