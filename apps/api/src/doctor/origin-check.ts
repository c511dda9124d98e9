// Whether the address people use is the one Ferry was told, and one that browsers let do what Ferry needs. Pure.
import type { ServerCheck } from '@ferry/shared';
import { isLoopback } from '../addresses/loopback.ts';
import type { Env } from '../env.ts';
import type { Reached } from '../trpc/reached.ts';
import { found } from './found.ts';

export function checkOrigin({ PUBLIC_ORIGIN }: Pick<Env, 'PUBLIC_ORIGIN'>, { origin: seen }: Reached): ServerCheck {
  const origin = PUBLIC_ORIGIN ?? seen;
  const { protocol, hostname, host } = new URL(origin);
  if (isLoopback(hostname)) return found('origin.local', 'warning', { origin });
  if (protocol === 'http:') return found('origin.insecure', 'problem', { origin });
  if (!PUBLIC_ORIGIN) return found('origin.unset', 'warning', { seen });
  // Whether it was https is the proxy's to tell, and another check's to judge.
  if (new URL(seen).host !== host) return found('origin.differs', 'warning', { origin, seen });
  return found('origin.ok', 'ok', { origin });
}
