// The page as one Vue app around its services; main.ts gives it the real ones, the gallery invented ones.
import { createPinia } from 'pinia';
import { createApp, type App as VueApp } from 'vue';
import type { RouterHistory } from 'vue-router';
import App from './App.vue';
import { i18n } from './i18n/i18n.ts';
import { ferryRouter } from './router.ts';
import { type Services, servicesKey } from './services.ts';
import './style/main.css';

export function ferryApp(services: Services, history: RouterHistory): VueApp {
  return createApp(App).use(createPinia()).use(i18n).provide(servicesKey, services).use(ferryRouter(history));
}
