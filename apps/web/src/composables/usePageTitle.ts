// The window's title: which page, how far, and whether somebody waits for an answer.
import { useTitle } from '@vueuse/core';
import { computed } from 'vue';
import { useRoute } from 'vue-router';
import type { MessageKey } from '../i18n/message-key.ts';
import { useTransfers } from '../stores/transfers.ts';
import { useWords } from './useWords.ts';

declare module 'vue-router' {
  interface RouteMeta {
    title: MessageKey;
    /** Needs no sign-in. */
    isPublic?: boolean;
    /** Makes no sense for somebody who is signed in. */
    isForGuests?: boolean;
    /** Needs the width of the window: the page has panes of its own. */
    isRoomy?: boolean;
  }
}

export function usePageTitle(): void {
  const { t } = useWords();
  const route = useRoute();
  const transfers = useTransfers();

  const title = computed(() => {
    const { percent, direction } = transfers.totals;
    const base =
      percent === null
        ? t('title.page', { page: t(route.meta.title) })
        : t(direction === 'down' ? 'title.down' : 'title.up', { percent });
    const waiting = transfers.requests.length;
    return waiting > 0 ? t('title.waiting', { count: waiting, title: base }) : base;
  });
  useTitle(title);
}
