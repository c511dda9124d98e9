// One session over a stand-in for its connection, and the test as the other side and the network.
import { Session } from '../peer/session.ts';
import type { SessionSignal } from '../peer/session-signal.ts';
import { FakeConnection } from './fake-connection.ts';
import { ManualClock } from './manual-clock.ts';

/** How long a path is looked for. */
export const PATIENCE_MS = 15_000;
/** To the first offer. */
export const ANSWER = {
  type: 'description',
  description: { type: 'answer', sdp: 'answer to offer 1 of here' },
} as const;
/** What its server gives when it is asked again. */
export const FRESH: RTCConfiguration = { iceServers: [{ urls: 'turn:fresh.example' }] };
export const TURN: RTCConfiguration = { iceServers: [{ urls: 'turn:turn.example' }] };

export function newSession(configuration: RTCConfiguration = {}) {
  const clock = new ManualClock();
  const connection = new FakeConnection('here', clock);
  const said: SessionSignal[] = [];
  let refresh = async (): Promise<RTCConfiguration> => FRESH;
  const refreshWith = (next: typeof refresh) => {
    refresh = next;
  };
  const session = new Session({
    polite: false,
    configuration,
    refresh: () => refresh(),
    createConnection: () => connection.connection,
    send: (signal) => said.push(signal),
    clock,
  });
  const states: string[] = [];
  session.events.on('state', ({ status }) => states.push(status));
  /** Lets everything happen that takes no time. */
  const settle = async () => {
    for (let round = 0; round < 2; round++) {
      clock.advance(0);
      await clock.settle();
    }
  };
  const hears = (body: SessionSignal['body']) => session.handle({ from: 'there', to: session.id, body });
  const byes = () => said.filter(({ body }) => body.type === 'bye');
  return { clock, connection, said, byes, session, states, settle, hears, refreshWith };
}
