// What the server says of the Store to this device by itself, over the page's one connection, as long as the engine runs.
// Knows nothing of what is done about it.
import type { DeviceId, StoreEvent } from '@ferry/shared';
import type { TrpcServer } from './server.ts';

/** The server has refused: there may be too many, or it is about to end. */
const AGAIN_MS = 20_000;

/** @returns how to watch: calls back, and returns how to stop */
export function watchStoreOf(server: TrpcServer, deviceId: DeviceId) {
  return (listener: (event: StoreEvent) => void): (() => void) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stop = () => {};
    const subscribe = () => {
      const again = () => {
        timer = setTimeout(subscribe, AGAIN_MS);
      };
      const subscription = server.live.api.store.watch.subscribe({ deviceId }, { onData: listener, onError: again });
      stop = () => subscription.unsubscribe();
    };
    subscribe();
    return () => {
      clearTimeout(timer);
      stop();
    };
  };
}
