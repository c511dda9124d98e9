// Makes sessions with one peer, each with a fresh configuration as far as there is one, and never with more than this
// side allows. Knows neither when a session is wanted nor what becomes of it.
import type { Clock } from '../util/clock.ts';
import { allowed, freshConfiguration } from './fresh-configuration.ts';
import { Session, type SessionOptions } from './session.ts';

/** What all sessions with one peer have in common. */
export interface SessionConditions {
  polite: boolean;
  configuration: () => Promise<RTCConfiguration>;
  isRelayOnly: () => boolean;
  createConnection: (configuration: RTCConfiguration) => RTCPeerConnection;
  clock: Clock;
}

/** @throws whatever a browser throws for a configuration that it does not take */
export type MakeSession = (own: Pick<SessionOptions, 'send' | 'unheardTimeoutMs'>) => Session;

/** Asks for a configuration; what is allowed of it is decided when the session is made. */
export async function prepareSession(conditions: SessionConditions): Promise<MakeSession> {
  const { polite, configuration, isRelayOnly, createConnection, clock } = conditions;
  const servers = await freshConfiguration(configuration, clock);
  return (own) =>
    new Session({
      polite,
      // Without servers a path on the same network may still be found.
      configuration: allowed(servers ?? {}, isRelayOnly()),
      refresh: async () => allowed(await configuration(), isRelayOnly()),
      createConnection,
      clock,
      ...own,
    });
}
