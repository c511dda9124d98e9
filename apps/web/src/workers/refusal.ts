// Why the server did not do what the engine's worker asked of it, as a code. Knows no procedures.
import type { ApiErrorCode } from '@ferry/shared';
import { refusalOf } from '../adapters/api.ts';

/** `unreachable` when the server did not answer. */
export class Refusal extends Error {
  readonly code: ApiErrorCode | 'unreachable';
  readonly retryAfterMs: number | undefined;

  constructor(code: Refusal['code'], { retryAfterMs, cause }: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(code, { cause });
    this.name = 'Refusal';
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Above anything that a busy server takes; a request that hangs must not hold up the next one. */
const TIMEOUT_MS = 60_000;

/** The answer of a call. @throws Refusal */
export async function asked<Answer>(call: (options: { signal: AbortSignal }) => Promise<Answer>): Promise<Answer> {
  try {
    return await call({ signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (cause) {
    const { code, ...rest } = refusalOf(cause);
    throw new Refusal(code, { cause, ...rest });
  }
}
