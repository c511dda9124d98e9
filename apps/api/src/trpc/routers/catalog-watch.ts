// What happens in the catalog, live, until the socket or the session ends. Says that something changed, never what.
import type { CatalogEvent } from '@ferry/shared';
import { signedInProcedure } from '../init.ts';

export const watchProcedure = signedInProcedure.subscription(async function* ({
  ctx,
  signal,
}): AsyncGenerator<CatalogEvent> {
  const ended = signal ?? new AbortController().signal;
  yield* ctx.services.catalogWatchers.events(ctx.session.account.userId, ended);
});
