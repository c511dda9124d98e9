// Leaves, after asking when that would stop transfers. The page is loaded anew: nothing of this person stays in it.
import { computed, ref } from 'vue';
import { useSession } from '../stores/session.ts';
import { useToasts } from '../stores/toasts.ts';
import { useTransfers } from '../stores/transfers.ts';
import { useWords } from './useWords.ts';

export function useSignOut() {
  const session = useSession();
  const transfers = useTransfers();
  const toasts = useToasts();
  const { t } = useWords();
  const isAsking = ref(false);
  const activeCount = computed(() => transfers.active.length);

  async function signOut(): Promise<void> {
    if (activeCount.value > 0) isAsking.value = true;
    else await signOutNow();
  }

  async function signOutNow(): Promise<void> {
    try {
      await session.signOut();
      location.assign('/sign-in');
    } catch {
      toasts.show({ tone: 'danger', text: t('refusal.unreachable') });
    }
  }

  return { signOut, signOutNow, isAsking, activeCount };
}
