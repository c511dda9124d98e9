// Servers and credentials for the next session or the next restart of ICE, and what this side allows of them.
// Knows no session.
import type { Clock } from '../util/clock.ts';

/** When the network is away, so is whoever would give credentials: nothing can wait for that. */
const ANSWER_TIMEOUT_MS = 2000;

/** Undefined when there is no answer in time. */
export function freshConfiguration(
  ask: () => Promise<RTCConfiguration>,
  clock: Clock,
): Promise<RTCConfiguration | undefined> {
  return new Promise((resolve) => {
    const cancel = clock.after(ANSWER_TIMEOUT_MS, () => resolve(undefined));
    ask()
      .catch(() => undefined)
      .then((configuration) => {
        cancel();
        resolve(configuration);
      });
  });
}

/** Whoever allows relays only allows nothing else either when nobody could be asked for relays. */
export function allowed(configuration: RTCConfiguration, isRelayOnly: boolean): RTCConfiguration {
  return isRelayOnly ? { ...configuration, iceTransportPolicy: 'relay' } : configuration;
}
