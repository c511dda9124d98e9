// One remote peer over stand-ins for its connections, and the test as everything around it: the other side, the carrier of
// signals, the configuration and time.
import { expect } from 'vitest';
import { type NoPathCode, SignalingError } from '../errors.ts';
import { RemotePeer } from '../peer/remote-peer.ts';
import type { Session } from '../peer/session.ts';
import type { SessionSignal } from '../peer/session-signal.ts';
import { FakeConnection } from './fake-connection.ts';
import { ManualClock } from './manual-clock.ts';

/** How long a path is looked for, once the other side has spoken. */
export const PATIENCE_MS = 15_000;
/** How long a session that nobody wants is kept. */
export const IDLE_MS = 60_000;
/** Of an incarnation that was not heard before. */
export const OFFER: SessionSignal = {
  from: 'there',
  to: null,
  body: { type: 'description', description: { type: 'offer', sdp: 'x' } },
};

export class RemotePeerGround {
  readonly clock = new ManualClock();
  readonly connections: FakeConnection[] = [];
  readonly sessions: Session[] = [];
  readonly said: SessionSignal[] = [];
  readonly unreachable: NoPathCode[] = [];
  readonly connected: boolean[] = [];
  readonly usedConfigurations: RTCConfiguration[] = [];
  canBeSignaled = true;
  /** The other side answers offers, though no path may come of it. */
  isHeard = true;
  canConnect = true;
  isRelayOnly = false;
  configuration = async (): Promise<RTCConfiguration> => ({ iceServers: [{ urls: 'stun:example.com' }] });
  readonly peer = new RemotePeer({
    polite: false,
    configuration: () => this.configuration(),
    isRelayOnly: () => this.isRelayOnly,
    createConnection: (configuration) => this.#connect(configuration),
    clock: this.clock,
    send: async (signal) => {
      if (!this.canBeSignaled) throw SignalingError.rejected();
      this.said.push(signal);
      const { body, from } = signal;
      if (!this.isHeard || body.type !== 'description' || body.description.type !== 'offer') return;
      const description = { type: 'answer', sdp: `answer to ${body.description.sdp}` } as const;
      this.peer.handle({ from: 'there', to: from, body: { type: 'description', description } });
    },
    onSession: (session) => this.sessions.push(session),
    onConnected: (connected) => this.connected.push(connected),
    onUnreachable: (code) => this.unreachable.push(code),
  });

  get last() {
    return { connection: this.connections.at(-1)!, session: this.sessions.at(-1)! };
  }

  /** Lets time pass, and everything happen that takes none. */
  async pass(ms = 0): Promise<void> {
    await this.clock.settle();
    this.clock.advance(ms);
    for (let round = 0; round < 3; round++) {
      await this.clock.settle();
      this.clock.advance(0);
    }
  }

  /** The wait before the next session is at least `leastMs` and less than twice as long. */
  async expectWait(leastMs: number): Promise<void> {
    const before = this.sessions.length;
    await this.pass(leastMs - 1);
    expect(this.sessions.length).toBe(before);
    await this.pass(leastMs + 1);
    expect(this.sessions.length).toBe(before + 1);
  }

  hears(body: SessionSignal['body']): void {
    this.peer.handle({ from: 'there', to: this.last.session.id, body });
  }

  #connect(configuration: RTCConfiguration): RTCPeerConnection {
    if (!this.canConnect) throw new DOMException('No such server', 'SyntaxError');
    this.usedConfigurations.push(configuration);
    const connection = new FakeConnection(`alice ${this.connections.length + 1}`, this.clock);
    this.connections.push(connection);
    return connection.connection;
  }
}

export async function wantedPeer(): Promise<RemotePeerGround> {
  const ground = new RemotePeerGround();
  ground.peer.want();
  await ground.pass();
  return ground;
}
