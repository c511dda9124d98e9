// Addresses, and who may see what is there. Knows the session, but no server.
import { createRouter, type RouteRecordRaw, type Router, type RouterHistory } from 'vue-router';
import { useSession } from './stores/session.ts';

const routes: RouteRecordRaw[] = [
  {
    path: '/',
    component: () => import('./components/app/AppShell.vue'),
    children: [
      { path: '', component: () => import('./pages/SendPage.vue'), meta: { title: 'title.send' } },
      { path: 'receive', component: () => import('./pages/ReceivePage.vue'), meta: { title: 'title.receive' } },
      { path: 'settings', component: () => import('./pages/SettingsPage.vue'), meta: { title: 'title.settings' } },
    ],
  },
  {
    path: '/sign-in',
    component: () => import('./pages/SignInPage.vue'),
    meta: { title: 'title.signIn', isPublic: true, isForGuests: true },
  },
  {
    path: '/register',
    component: () => import('./pages/RegisterPage.vue'),
    meta: { title: 'title.register', isPublic: true, isForGuests: true },
  },
  {
    path: '/:rest(.*)*',
    component: () => import('./pages/NotFoundPage.vue'),
    meta: { title: 'title.notFound', isPublic: true },
  },
];

export function ferryRouter(history: RouterHistory): Router {
  const router = createRouter({ history, routes, scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 } });
  router.beforeEach(async (to) => {
    const state = await useSession().restore();
    if (to.meta.isForGuests && state === 'signed-in') return '/';
    if (to.meta.isPublic || state !== 'signed-out') return true;
    return { path: '/sign-in', query: to.fullPath === '/' ? {} : { to: to.fullPath } };
  });
  return router;
}
