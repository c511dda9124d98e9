// Addresses, and who may see what is there. Knows the session, but no server.
import {
  createRouter,
  type RouteRecordRaw,
  type Router,
  type RouterHistory,
  type RouterScrollBehavior,
} from 'vue-router';
import { useSession } from './stores/session.ts';

const routes: RouteRecordRaw[] = [
  {
    path: '/',
    component: () => import('./components/app/AppShell.vue'),
    children: [
      { path: '', component: () => import('./pages/SendPage.vue'), meta: { title: 'title.send' } },
      { path: 'receive', component: () => import('./pages/ReceivePage.vue'), meta: { title: 'title.receive' } },
      {
        path: 'catalog',
        meta: { title: 'title.catalog' },
        // One page for all of them: the field keeps its focus from one to the other.
        children: [
          { path: '', component: () => import('./pages/CatalogPage.vue') },
          { path: 'browse/:shareId?/:path*', component: () => import('./pages/CatalogPage.vue') },
        ],
      },
      // One page for both: the list stays where it was.
      {
        path: 'store/:versionId?',
        component: () => import('./pages/StorePage.vue'),
        meta: { title: 'title.store', isRoomy: true },
      },
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

/** Back to where one was; to what the address names; where only its question changed, not at all. */
const scrollBehavior: RouterScrollBehavior = (to, from, saved) => {
  if (saved) return saved;
  if (to.hash) return { el: to.hash };
  return to.path === from.path ? false : { top: 0 };
};

export function ferryRouter(history: RouterHistory): Router {
  const router = createRouter({ history, routes, scrollBehavior });
  router.beforeEach(async (to) => {
    const state = await useSession().restore();
    if (to.meta.isForGuests && state === 'signed-in') return '/';
    if (to.meta.isPublic || state !== 'signed-out') return true;
    return { path: '/sign-in', query: to.fullPath === '/' ? {} : { to: to.fullPath } };
  });
  return router;
}
