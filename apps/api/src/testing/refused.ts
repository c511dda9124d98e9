// What the server's refusal of a call was.
import type { ApiErrorData } from '@ferry/shared';
import { TRPCClientError } from '@trpc/client';

/** Resolves with the refusal; a call that succeeds is an error. */
export async function refused(call: Promise<unknown>): Promise<ApiErrorData & { httpStatus?: number }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof TRPCClientError) return error.data;
    throw error;
  }
  throw new Error('It was not refused');
}
