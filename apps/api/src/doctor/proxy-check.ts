// Whether client addresses come from where they should: limits and the log go by them. Pure.
import type { ServerCheck } from '@ferry/shared';
import type { Env } from '../env.ts';
import type { Reached } from '../trpc/reached.ts';
import { found } from './found.ts';

export function checkProxy({ TRUST_PROXY }: Pick<Env, 'TRUST_PROXY'>, reached: Reached): ServerCheck {
  const { address, peer, isForwarded, isForwardBelieved } = reached;
  if (isForwardBelieved) return found('proxy.believed', 'ok', { address, proxy: peer });
  if (isForwarded) return found('proxy.ignored', 'warning', { proxy: peer });
  // Proxies believed by their address cannot be pretended; the nearest so many can, by whoever gets around them.
  if (typeof TRUST_PROXY === 'number') return found('proxy.absent', 'warning', { address });
  return found('proxy.none', 'ok', { address });
}
