// What a failed call to the server means for a node: that it must stop, or how long it waits. Knows no call.
import type { ApiErrorData } from '@ferry/shared';
import { TRPCClientError } from '@trpc/client';
import { StopReason } from '../stop-reason.ts';

/** The server's own reason, and none when it was not reached. */
export function refusalOf(error: unknown): Partial<ApiErrorData> {
  return error instanceof TRPCClientError ? ((error.data as Partial<ApiErrorData> | undefined) ?? {}) : {};
}

/** Why there is no use in trying to sign in again; undefined where there is. */
export function finalReason(error: unknown, origin: string): StopReason | undefined {
  const { ferryCode } = refusalOf(error);
  if (ferryCode === 'wrong-credentials' || ferryCode === 'invalid') {
    return new StopReason(
      'token-refused',
      'The server refused the token. Make a new one in Settings → Computers that keep pieces.',
    );
  }
  if (ferryCode === 'account-disabled') {
    return new StopReason('account-disabled', 'The account that this node belongs to is switched off on the server.');
  }
  const status = statusOf(error);
  if (status === 403 || status === 404) {
    return new StopReason(
      'address-wrong',
      `${origin} is not the address of a Ferry server, or not the one it is known by. Give the address that people type.`,
    );
  }
  return undefined;
}

/** In words, for the log: what an operator can put right is said. */
export function outOfReach(error: unknown): string {
  const code = causeCode(error);
  if (code !== undefined && /CERT|SELF_SIGNED|ISSUER|ALTNAME/.test(code)) {
    return `its certificate is not trusted here (${code}); NODE_EXTRA_CA_CERTS names a file with further authorities`;
  }
  return code ?? (statusOf(error) === undefined ? 'no answer' : `it answered ${statusOf(error)}`);
}

function statusOf(error: unknown): number | undefined {
  const response = error instanceof TRPCClientError ? error.meta?.response : undefined;
  return response instanceof Response ? response.status : undefined;
}

/** The innermost error says it: fetch wraps what the socket said. */
function causeCode(error: unknown): string | undefined {
  let code: string | undefined;
  for (let at = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') code = at.code;
  }
  return code;
}
