// Why a relay could not be used, as a finding. Pure.
import type { ServerCheck } from '@ferry/shared';
import { TurnRefusal, UNAUTHORIZED } from '../turn/turn-client.ts';
import type { TurnTarget } from '../turn/turn-url.ts';
import { WireError } from '../turn/wire.ts';
import { found } from './found.ts';

/** Wrong credentials: of RFC 8656, for whoever already has an allocation. */
const WRONG_CREDENTIALS = 441;
const ALLOCATION_QUOTA_REACHED = 486;
const INSUFFICIENT_CAPACITY = 508;

/** @throws what is neither the relay's refusal nor the network's failure */
export function relayFailure({ url, host }: TurnTarget, error: unknown): ServerCheck {
  if (error instanceof WireError) {
    const { code, detail } = error;
    if (code === 'unknown-name') return found('relay.unknown-name', 'problem', { url, host });
    return found(code === 'unreachable' ? 'relay.unreachable' : 'relay.not-a-relay', 'problem', { url, error: detail });
  }
  if (!(error instanceof TurnRefusal)) throw error;
  const { code: errorCode, reason } = error;
  if (errorCode === UNAUTHORIZED || errorCode === WRONG_CREDENTIALS) {
    return found('relay.secret-refused', 'problem', { url });
  }
  if (errorCode === ALLOCATION_QUOTA_REACHED || errorCode === INSUFFICIENT_CAPACITY) {
    return found('relay.quota', 'problem', { url, errorCode });
  }
  return found('relay.refused', 'problem', { url, errorCode, reason });
}
