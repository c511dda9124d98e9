// Where to go once signed in: the page that was asked for, within this site only.
import { useRoute, useRouter } from 'vue-router';

export function useAfterSignIn(): () => Promise<unknown> {
  const route = useRoute();
  const router = useRouter();
  return () => {
    const { to } = route.query;
    return router.replace(typeof to === 'string' && /^\/(?!\/)/.test(to) ? to : '/');
  };
}
