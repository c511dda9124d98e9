// Starts the page: over the real services, or, where the browser withholds what Ferry needs, with the reason.
import { createApp } from 'vue';
import { createWebHistory } from 'vue-router';
import { isRelayOnly } from './adapters/relay-only.ts';
import { TrpcServer } from './adapters/server.ts';
import { ferryApp } from './ferry-app.ts';
import { i18n } from './i18n/i18n.ts';
import type { Services } from './services.ts';

if (window.isSecureContext) ferryApp(realServices(), createWebHistory()).mount('#app');
else void showInsecureOrigin();

/** Not awaited at the top level: that page's chunk imports this one, and would wait for it for ever. */
async function showInsecureOrigin(): Promise<void> {
  const { default: InsecureOriginPage } = await import('./pages/InsecureOriginPage.vue');
  createApp(InsecureOriginPage).use(i18n).mount('#app');
}

function realServices(): Services {
  const server = new TrpcServer();
  return {
    server,
    // The engine is only of use to somebody who is signed in.
    openDesk: async (account) => (await import('./adapters/desk.ts')).openDesk(server, account, { isRelayOnly }),
  };
}
