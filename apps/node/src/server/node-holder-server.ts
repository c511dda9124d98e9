// The server's procedures as a holder asks and tells it. Knows nothing of what a holder does with the answers.
import type { HolderServer } from '@ferry/store-holder';
import type { FerryApi } from './http-session.ts';
import { lastingSubscription } from './lasting-subscription.ts';

/** A look at the duties waits for each answer: one that is lost must not hold it up for ever. */
const ANSWER_TIMEOUT_MS = 30_000;

export function nodeHolderServer(
  { catalog, devices, store }: FerryApi,
  { signal, onError }: { signal: AbortSignal; onError: (error: unknown) => void },
): HolderServer {
  const inTime = () => ({ signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]) });
  return {
    key: () => catalog.key.query(undefined, inTime()),
    putKeys: (keys) => devices.putKeys.mutate(keys, inTime()),
    offer: (offer) => store.offer.mutate(offer, inTime()),
    duties: (device) => store.duties.query(device, inTime()),
    held: (held) => store.held.mutate(held, inTime()),
    released: (released) => store.released.mutate(released, inTime()),
    inventory: (page) => store.inventory.mutate(page, inTime()),
    audited: (audited) => store.audited.mutate(audited, inTime()),
    renewLease: (lease) => store.renewLease.mutate(lease, inTime()),
    repaired: (repaired) => store.repaired.mutate(repaired, inTime()),
    watch(device, listener) {
      const subscription = lastingSubscription(
        (endings) =>
          store.watch.subscribe(device, {
            ...endings,
            // Each time anew: after its socket was lost the server may have been started anew, too.
            onStarted: () => listener({ type: 'connected' }),
            onData: (event) => listener(event),
          }),
        { onError },
      );
      return () => subscription.unsubscribe();
    },
  };
}
