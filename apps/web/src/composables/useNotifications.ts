// Tells of requests and ends while nobody looks at the page. Never asks for permission itself.
import { watch } from 'vue';
import { useRouter } from 'vue-router';
import type { TransferSnapshot } from '../adapters/engine-contract.ts';
import { isRequest, isServed } from '../model/transfer/transfer-kind.ts';
import type { Phrase } from '../model/words/phrase.ts';
import { useTransfers } from '../stores/transfers.ts';
import { useWords } from './useWords.ts';

export function useNotifications(): void {
  const transfers = useTransfers();
  const router = useRouter();
  const { t, say } = useWords();

  watch(
    () => transfers.all,
    (now, before) => {
      if (!document.hidden || !('Notification' in window) || Notification.permission !== 'granted') return;
      const known = new Map(before.map((transfer) => [transfer.transferId, transfer]));
      for (const transfer of now) {
        const phrase = newsOf(known.get(transfer.transferId), transfer);
        if (phrase) notify(phrase, transfer);
      }
    },
  );

  function newsOf(before: TransferSnapshot | undefined, now: TransferSnapshot): Phrase | null {
    const named = { name: now.peer.username, title: now.title };
    if (!before) {
      const files = t('common.files', {}, now.fileCount);
      return isRequest(now) ? { key: 'notify.request', named: { ...named, files } } : null;
    }
    if (before.status === now.status || isServed(now)) return null;
    if (now.status === 'done')
      return { key: now.direction === 'receive' ? 'notify.received' : 'notify.delivered', named };
    return now.status === 'failed' ? { key: 'notify.failed', named } : null;
  }

  function notify(phrase: Phrase, { transferId }: TransferSnapshot): void {
    try {
      const notification = new Notification('Ferry', { body: say(phrase), tag: transferId, icon: '/favicon.svg' });
      notification.onclick = () => {
        window.focus();
        notification.close();
        void router.push('/receive');
      };
    } catch {
      // Android's browsers only let service workers notify; the page's own signs must do there.
    }
  }
}
