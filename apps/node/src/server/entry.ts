// Being let in by the server, however long that takes: tries again until there is a session, or a reason to stop. Knows
// nothing of what the session is for.
import { setTimeout as delay } from 'node:timers/promises';
import { socketRetryDelayMs } from '@ferry/server-link';
import type { Log } from '../log.ts';
import { SaidRarely } from '../said-rarely.ts';
import type { StopReason } from '../stop-reason.ts';
import type { FerryApi, HttpSession } from './http-session.ts';
import { finalReason, outOfReach, refusalOf } from './refusal.ts';

export interface EntryOptions<Who> {
  origin: string;
  session: HttpSession;
  signIn: (api: FerryApi) => Promise<Who>;
  signal: AbortSignal;
  log: Log;
}

/** @throws StopReason; the reason of the signal */
export async function letIn<Who>({ origin, session, signIn, signal, log }: EntryOptions<Who>): Promise<Who> {
  const said = new SaidRarely(log);
  for (let attempt = 0; ; attempt++) {
    signal.throwIfAborted();
    try {
      session.forget();
      return await signIn(session.api);
    } catch (error) {
      const final: StopReason | undefined = finalReason(error, origin);
      if (final) throw final;
      said.warn(`The server cannot be reached: ${outOfReach(error)}. Trying again.`);
      await delay(refusalOf(error).retryAfterMs ?? socketRetryDelayMs(attempt), undefined, { signal });
    }
  }
}
