// How a try to sign in ended, as one of a closed set. Pure.
import { Refusal } from '../trpc/error.ts';

/** `failed` is the server's own fault. */
export type SignInOutcome = 'succeeded' | 'wrong-credentials' | 'account-disabled' | 'rate-limited' | 'busy' | 'failed';

export function outcomeOfError(error: unknown): SignInOutcome {
  const code = error instanceof Refusal ? error.ferryCode : undefined;
  switch (code) {
    case 'wrong-credentials':
    case 'account-disabled':
    case 'rate-limited':
    case 'busy':
      return code;
    default:
      return 'failed';
  }
}
