// The page's languages. Messages arrive compiled (see build/precompiled-messages.ts), so nothing here evaluates.
import { createI18n } from 'vue-i18n';
import en from './locales/en.ts';

export const i18n = createI18n({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: { en },
});
