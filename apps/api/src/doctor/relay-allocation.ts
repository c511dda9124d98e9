// What the address that a relay gave says about the relay, as a finding. Pure.
import type { ServerCheck } from '@ferry/shared';
import { isPrivateAddress } from '../addresses/private-networks.ts';
import type { Allocation } from '../turn/turn-client.ts';
import { found } from './found.ts';

/** @param reachedAt the relay's address, as its name was resolved */
export function allocationFinding(
  url: string,
  { reachedAt, tookMs }: { reachedAt: string; tookMs: number },
  { relayed: { address }, isOpenToAnybody }: Allocation,
): ServerCheck {
  if (isOpenToAnybody) return found('relay.no-credentials', 'problem', { url });
  // A relay within a network gives out addresses of that network, and is reached by one.
  if (isPrivateAddress(address) && !isPrivateAddress(reachedAt)) {
    return found('relay.address-private', 'problem', { url, address });
  }
  return found('relay.ok', 'ok', { url, address, tookMs: Math.round(tookMs) });
}
