// `test` in which each test says what its network is like: `gather` puts Ferry's server, a relay when there is to be
// one, and Alice and Bob into that lab. All of it is gone afterwards, whatever the test did.
import { type FerryServer, startFerry } from '../ferry-server.ts';
import type { Person } from '../person.ts';
import { test as base } from './base-test.ts';
import { Coturn, type RelayTransport } from './coturn.ts';
import { type Lab, PUBLIC_RANGE } from './lab.ts';
import { arrive, leave } from './people.ts';

const RELAY_SECRET = 'only-this-lab-knows-it';

interface GatherOptions {
  /** How the relay can be reached; without any there is none. It takes a computer called `turn`. */
  relay?: RelayTransport[];
  /** More lines of the relay's configuration. */
  relayLines?: string[];
  /** More variables for the server, whose own STUN is on. */
  environment?: Record<string, string>;
}

interface Gathering {
  alice: Person;
  bob: Person;
  server: FerryServer;
  /** @throws Error when there is none */
  coturn: Coturn;
}

type Gather = (lab: Lab, options?: GatherOptions) => Promise<Gathering>;

export const test = base.extend<{ gather: Gather }>({
  gather: async ({ diary }, use, info) => {
    const afterwards = new AsyncDisposableStack();
    await use(async (lab, { relay = [], relayLines, environment = {} } = {}) => {
      afterwards.defer(() => lab.dispose());
      const relayOptions = { secret: RELAY_SECRET, allowedPeers: PUBLIC_RANGE, lines: relayLines };
      const coturn = relay.length > 0 ? await Coturn.start(lab.host('turn'), relayOptions) : undefined;
      afterwards.defer(() => coturn?.dispose());
      const turn = coturn && {
        TURN_URLS: relay.map((transport) => coturn.url(transport)).join(),
        TURN_SECRET: RELAY_SECRET,
      };
      const variables = { HOST: '0.0.0.0', STUN_PORT: '3478', ...turn, ...environment };
      const server = await startFerry(variables, lab.host('server'));
      afterwards.defer(() => server.dispose());
      const arrival = { url: server.url, diary, home: coturn?.trustingHome() };
      const [alice, bob] = await Promise.all([
        arrive('alice', lab.host('alice'), arrival),
        arrive('bob', lab.host('bob'), arrival),
      ]);
      afterwards.defer(() => leave([alice, bob], diary, info.status !== info.expectedStatus));
      return {
        alice,
        bob,
        server,
        get coturn() {
          if (!coturn) throw new Error('There is no relay in this lab');
          return coturn;
        },
      };
    });
    await afterwards.disposeAsync();
  },
});
