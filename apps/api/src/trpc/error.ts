// Refusals: our own closed set of error codes, carried in tRPC's errors. Internal errors never leak their text.
import { type ApiErrorCode, type ApiErrorData, apiErrorCodeSchema } from '@ferry/shared';
import { TRPCError } from '@trpc/server';
import * as z from 'zod';

const TRPC_CODES: Record<ApiErrorCode, TRPCError['code']> = {
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  'wrong-credentials': 'UNAUTHORIZED',
  'account-disabled': 'FORBIDDEN',
  'username-taken': 'CONFLICT',
  'username-length': 'BAD_REQUEST',
  'username-characters': 'BAD_REQUEST',
  'password-length': 'BAD_REQUEST',
  'registration-closed': 'FORBIDDEN',
  'invite-required': 'FORBIDDEN',
  'invite-invalid': 'FORBIDDEN',
  'rate-limited': 'TOO_MANY_REQUESTS',
  busy: 'SERVICE_UNAVAILABLE',
  'device-taken': 'FORBIDDEN',
  'not-found': 'NOT_FOUND',
  'share-taken': 'CONFLICT',
  'share-ended': 'CONFLICT',
  'too-many': 'PAYLOAD_TOO_LARGE',
  'revision-mismatch': 'CONFLICT',
  'path-invalid': 'BAD_REQUEST',
  'quota-full': 'PAYLOAD_TOO_LARGE',
  'version-gone': 'NOT_FOUND',
  'version-taken': 'CONFLICT',
  'lease-lost': 'CONFLICT',
  'signature-invalid': 'BAD_REQUEST',
  invalid: 'BAD_REQUEST',
  internal: 'INTERNAL_SERVER_ERROR',
};

/** A request is refused for a reason that the page has words for. */
export class Refusal extends TRPCError {
  readonly ferryCode: ApiErrorCode;
  readonly retryAfterMs: number | undefined;

  constructor(ferryCode: ApiErrorCode, retryAfterMs?: number) {
    super({ code: TRPC_CODES[ferryCode], message: ferryCode });
    this.ferryCode = ferryCode;
    this.retryAfterMs = retryAfterMs;
  }
}

export function refusal(code: ApiErrorCode, retryAfterMs?: number): Refusal {
  return new Refusal(code, retryAfterMs);
}

/** What of an error the page is told. */
export function errorData(error: TRPCError): ApiErrorData {
  const refused = error instanceof Refusal ? error : error.cause;
  if (refused instanceof Refusal) {
    const { ferryCode, retryAfterMs } = refused;
    return retryAfterMs === undefined ? { ferryCode } : { ferryCode, retryAfterMs: Math.ceil(retryAfterMs) };
  }
  if (error.cause instanceof z.core.$ZodError) return { ferryCode: codeOfIssues(error.cause) };
  if (error.code === 'NOT_FOUND') return { ferryCode: 'not-found' };
  return { ferryCode: error.code === 'INTERNAL_SERVER_ERROR' ? 'internal' : 'invalid' };
}

/** Shared schemas name the reason in the issue's message where the page has words for it. */
function codeOfIssues(error: z.core.$ZodError): ApiErrorCode {
  const named = error.issues.map(({ message }) => apiErrorCodeSchema.safeParse(message)).find(({ success }) => success);
  return named?.data ?? 'invalid';
}
