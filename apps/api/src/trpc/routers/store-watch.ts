// What happens in the Store, live, until the socket or the session ends. Says that there is something, never what.
import { type StoreEvent, watchStoreSchema } from '@ferry/shared';
import { checkDevice } from '../../accounts/own-device.ts';
import { signedInProcedure } from '../init.ts';

export const storeWatchProcedure = signedInProcedure.input(watchStoreSchema).subscription(async function* ({
  ctx,
  input,
  signal,
}): AsyncGenerator<StoreEvent> {
  const { db, store } = ctx.services;
  const { userId } = ctx.session.account;
  if (input.deviceId) checkDevice(db, userId, input.deviceId);
  const ended = signal ?? new AbortController().signal;
  yield* store.watchers.events(userId, input.deviceId, ended);
});
