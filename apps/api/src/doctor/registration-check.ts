// Whether more people may register than was meant. Pure.
import type { ServerCheck } from '@ferry/shared';
import type { Env } from '../env.ts';
import type { Reached } from '../trpc/reached.ts';
import { found } from './found.ts';
import { mayBePublic } from './public-name.ts';

type Settings = Pick<Env, 'REGISTRATION' | 'PUBLIC_ORIGIN'>;

export function checkRegistration({ REGISTRATION, PUBLIC_ORIGIN }: Settings, reached: Reached): ServerCheck {
  if (REGISTRATION !== 'open') return found(`registration.${REGISTRATION}`, 'ok', {});
  const origin = PUBLIC_ORIGIN ?? reached.origin;
  const { protocol, hostname } = new URL(origin);
  const isPublic = protocol === 'https:' && mayBePublic(hostname);
  return isPublic ? found('registration.open-to-all', 'warning', { origin }) : found('registration.open', 'ok', {});
}
