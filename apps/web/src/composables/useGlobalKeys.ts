// Keys that lead from page to page, and to the list of keys.
import { ref } from 'vue';
import { useRouter } from 'vue-router';
import { useShortcut } from './useShortcut.ts';

export function useGlobalKeys() {
  const router = useRouter();
  const showsKeys = ref(false);
  useShortcut('g s', () => void router.push('/'));
  useShortcut('g r', () => void router.push('/receive'));
  useShortcut('g c', () => void router.push('/catalog'));
  useShortcut('g o', () => void router.push('/store'));
  useShortcut('g t', () => void router.push('/settings'));
  useShortcut('?', () => {
    showsKeys.value = true;
  });
  return { showsKeys };
}
