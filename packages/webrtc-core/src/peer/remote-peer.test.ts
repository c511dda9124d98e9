import { describe, expect, test } from 'vitest';
import { type NoPathCode, SignalingError } from '../errors.ts';
import { FakeConnection } from '../testing/fake-connection.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { RemotePeer } from './remote-peer.ts';
import type { Session } from './session.ts';
import type { SessionSignal } from './session-signal.ts';

const PATIENCE_MS = 15_000;
const IDLE_MS = 60_000;
const HEAL_MS = 1000;
const CONFIGURATION_MS = 2000;
const HOST = 'candidate:1 1 udp 2113937151 192.0.2.4 5004 typ host';
const OFFER: SessionSignal = {
  from: 'there',
  to: null,
  body: { type: 'description', description: { type: 'offer', sdp: 'x' } },
};

/** One peer, and the test as everything around it. */
class Ground {
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

async function wanted(): Promise<Ground> {
  const ground = new Ground();
  ground.peer.want();
  await ground.pass();
  return ground;
}

describe('while it is wanted', () => {
  test('it has one session, however often it is said', async () => {
    const ground = await wanted();
    ground.peer.want();
    ground.peer.available();
    await ground.pass(PATIENCE_MS - 1);
    expect([ground.sessions.length, ground.connections.length]).toEqual([1, 1]);
    expect(ground.said).toMatchObject([{ from: ground.last.session.id, to: null }]);
  });

  test('no path: that is said, and tried again after waits that grow', async () => {
    const ground = await wanted();
    for (const leastMs of [500, 1000, 2000]) {
      ground.last.connection.findsCandidate(HOST);
      await ground.pass(PATIENCE_MS);
      await ground.expectWait(leastMs);
    }
    expect(ground.unreachable).toEqual(['relay-missing', 'relay-missing', 'relay-missing']);
    expect(ground.connections.filter(({ signalingState }) => signalingState !== 'closed').length).toBe(1);
  });

  test('a path that is lost for good says nothing about the next try, which comes soon', async () => {
    const ground = await wanted();
    await ground.pass(PATIENCE_MS);
    await ground.expectWait(500);
    ground.last.connection.pathBecomes('connected');
    ground.last.connection.pathBecomes('disconnected');
    ground.unreachable.length = 0;
    await ground.pass(PATIENCE_MS);
    await ground.expectWait(250);
    expect(ground.unreachable).toEqual([]);
    expect(ground.connected).toEqual([false, true, false, false]);
    await ground.pass(PATIENCE_MS);
    expect(ground.unreachable.length).toBe(1);
  });

  test('a session that the other side left is replaced', async () => {
    const ground = await wanted();
    ground.last.connection.pathBecomes('connected');
    ground.hears({ type: 'bye' });
    await ground.pass();
    await ground.expectWait(250);
    expect(ground.unreachable).toEqual([]);
  });

  test('sessions that the other side leaves before there was a path wait longer each time', async () => {
    const ground = await wanted();
    for (const leastMs of [500, 1000, 2000]) {
      ground.hears({ type: 'bye' });
      await ground.pass();
      await ground.expectWait(leastMs);
    }
    // Why it left is not known: it may just be reloading.
    expect(ground.unreachable).toEqual([]);
  });

  test('a peer that comes back is tried at once, and waits are short again', async () => {
    const ground = await wanted();
    for (const leastMs of [500, 1000]) {
      await ground.pass(PATIENCE_MS);
      await ground.expectWait(leastMs);
    }
    await ground.pass(PATIENCE_MS);
    ground.peer.available();
    await ground.pass();
    expect(ground.sessions.length).toBe(4);
    await ground.pass(PATIENCE_MS);
    await ground.expectWait(500);
  });

  test('a session in doubt is soon replaced when the peer comes back: what was signaled meanwhile may be lost', async () => {
    const ground = await wanted();
    ground.last.connection.pathBecomes('connected');
    ground.peer.available();
    await ground.pass(HEAL_MS);
    expect(ground.sessions.length).toBe(1);
    ground.last.connection.pathBecomes('disconnected');
    ground.peer.available();
    await ground.pass(HEAL_MS - 1);
    expect(ground.sessions.length).toBe(1);
    await ground.pass(1);
    expect(ground.sessions.map(({ state }) => state.status)).toEqual(['closed', 'connecting']);
  });

  test('a session that heals meanwhile is not, nor one that heals while its configuration is waited for', async () => {
    const ground = await wanted();
    const connection = ground.last.connection;
    connection.pathBecomes('connected');
    connection.pathBecomes('disconnected');
    ground.peer.available();
    connection.pathBecomes('connected');
    await ground.pass(HEAL_MS);
    let configure = (_: RTCConfiguration) => {};
    ground.configuration = () =>
      new Promise((resolve) => {
        configure = resolve;
      });
    connection.pathBecomes('disconnected');
    ground.peer.available();
    await ground.pass(HEAL_MS);
    connection.pathBecomes('connected');
    configure({});
    await ground.pass();
    expect(ground.sessions.map(({ state }) => state.status)).toEqual(['connected']);
  });

  test('the other side found no path: that is said here, too', async () => {
    const ground = await wanted();
    ground.last.connection.findsCandidate(HOST);
    ground.hears({ type: 'bye', because: 'no-path' });
    await ground.pass();
    expect(ground.unreachable).toEqual(['relay-missing']);
    await ground.expectWait(500);
  });

  test('a peer that cannot be signaled is tried again, but not called unreachable', async () => {
    const ground = new Ground();
    ground.canBeSignaled = false;
    ground.peer.want();
    await ground.pass();
    expect(ground.last.session.state.status).toBe('closed');
    await ground.expectWait(500);
    ground.canBeSignaled = true;
    await ground.expectWait(1000);
    expect([ground.last.session.state.status, ground.unreachable]).toEqual(['connecting', []]);
  });

  test('a session that has its path does without signaling', async () => {
    const ground = await wanted();
    ground.last.connection.pathBecomes('connected');
    ground.canBeSignaled = false;
    ground.last.connection.findsCandidate('late');
    ground.last.connection.pathBecomes('disconnected');
    ground.last.connection.findsCandidate('later');
    await ground.pass(PATIENCE_MS - 1);
    expect(ground.last.session.state.status).toBe('disconnected');
  });

  test('without a configuration it is tried without servers', async () => {
    const ground = new Ground();
    ground.configuration = () => Promise.reject(SignalingError.closed());
    ground.peer.want();
    await ground.pass();
    expect(ground.usedConfigurations).toEqual([{}]);
  });

  test('a configuration that does not come in time is not waited for', async () => {
    const ground = new Ground();
    ground.configuration = () => new Promise(() => {});
    ground.peer.want();
    await ground.pass(CONFIGURATION_MS - 1);
    expect(ground.usedConfigurations).toEqual([]);
    await ground.pass(1);
    expect(ground.usedConfigurations).toEqual([{}]);
  });

  test('a connection that cannot be made is no path, and the next configuration may be better', async () => {
    const ground = new Ground();
    ground.canConnect = false;
    ground.peer.want();
    await ground.pass();
    expect([ground.sessions.length, ground.unreachable.length]).toEqual([0, 1]);
    ground.canConnect = true;
    await ground.expectWait(500);
  });
});

describe('through relays only', () => {
  const relayOnly = () => {
    const ground = new Ground();
    ground.isRelayOnly = true;
    return ground;
  };

  test('its sessions are made and restarted so', async () => {
    const ground = relayOnly();
    ground.peer.want();
    await ground.pass();
    const expected = { iceServers: [{ urls: 'stun:example.com' }], iceTransportPolicy: 'relay' };
    expect(ground.usedConfigurations).toEqual([expected]);
    ground.last.connection.pathBecomes('connected');
    ground.last.connection.pathBecomes('disconnected');
    await ground.pass();
    expect(ground.last.connection.configurations).toEqual([expected]);
  });

  test('it is made so without a configuration, too, or addresses would leak', async () => {
    const ground = relayOnly();
    ground.configuration = () => Promise.reject(SignalingError.closed());
    ground.peer.want();
    await ground.pass();
    expect(ground.usedConfigurations).toEqual([{ iceTransportPolicy: 'relay' }]);
  });

  test('what was decided while a configuration was waited for counts', async () => {
    const ground = new Ground();
    ground.configuration = async () => {
      ground.isRelayOnly = true;
      return {};
    };
    ground.peer.want();
    await ground.pass();
    expect(ground.usedConfigurations).toEqual([{ iceTransportPolicy: 'relay' }]);
  });
});

describe('when what is allowed changes', () => {
  test('a session is replaced, connected or not', async () => {
    const ground = await wanted();
    ground.isRelayOnly = true;
    ground.peer.replace();
    await ground.pass();
    ground.last.connection.pathBecomes('connected');
    ground.isRelayOnly = false;
    ground.peer.replace();
    await ground.pass();
    expect(ground.sessions.map(({ state }) => state.status)).toEqual(['closed', 'closed', 'connecting']);
    expect(ground.usedConfigurations.map((each) => each.iceTransportPolicy)).toEqual([undefined, 'relay', undefined]);
  });

  test('a peer that waits for its next try is tried at once', async () => {
    const ground = await wanted();
    await ground.pass(PATIENCE_MS);
    ground.peer.replace();
    await ground.pass();
    expect(ground.sessions.length).toBe(2);
  });

  test('a session that only the other side wants is closed, and made again by it', async () => {
    const ground = new Ground();
    ground.peer.handle(OFFER);
    await ground.pass();
    ground.peer.replace();
    await ground.pass();
    expect(ground.sessions.map(({ state }) => state.status)).toEqual(['closed']);
    expect(ground.said.at(-1)).toMatchObject({ to: 'there', body: { type: 'bye' } });
  });
});

describe('whose first offer may have been lost', () => {
  test('is offered another one soon, and later each time, before it is called unreachable', async () => {
    const ground = new Ground();
    ground.isHeard = false;
    ground.peer.want();
    await ground.pass();
    for (const [unheardMs, leastMs] of [
      [2500, 500],
      [5000, 1000],
    ] as const) {
      await ground.pass(unheardMs - 1);
      expect(ground.last.session.state.status).toBe('connecting');
      await ground.pass(1);
      await ground.expectWait(leastMs);
    }
    expect(ground.unreachable).toEqual([]);
    await ground.pass(9000);
    expect(ground.unreachable).toEqual(['connect-timeout']);
    expect(ground.clock.now()).toBeLessThan(20_000);
  });

  test('is given the usual time once it has spoken', async () => {
    const ground = await wanted();
    await ground.pass(PATIENCE_MS - 1);
    expect([ground.sessions.length, ground.last.session.state.status]).toEqual([1, 'connecting']);
  });
});

describe('when it is wanted no longer', () => {
  test('its session is closed once it was idle for a while', async () => {
    const ground = await wanted();
    ground.last.connection.pathBecomes('connected');
    ground.peer.release();
    await ground.pass(IDLE_MS - 1);
    expect(ground.last.session.state.status).toBe('connected');
    await ground.pass(1);
    expect(ground.last.session.state.status).toBe('closed');
    await ground.pass(IDLE_MS);
    expect([ground.sessions.length, ground.clock.pendingCount]).toEqual([1, 0]);
  });

  test('before anything was set in motion, nothing is', async () => {
    const ground = new Ground();
    ground.peer.want();
    ground.peer.release();
    await ground.pass(IDLE_MS);
    expect(ground.sessions).toEqual([]);
  });

  test('a session of the other side’s making is left to it', async () => {
    const ground = new Ground();
    ground.peer.handle(OFFER);
    await ground.pass();
    ground.last.connection.pathBecomes('connected');
    ground.peer.release();
    await ground.pass(IDLE_MS);
    expect(ground.last.session.state.status).toBe('connected');
  });

  test('wanting it again in time keeps the session', async () => {
    const ground = await wanted();
    ground.last.connection.pathBecomes('connected');
    ground.peer.release();
    await ground.pass(IDLE_MS - 1);
    ground.peer.want();
    await ground.pass(IDLE_MS);
    expect([ground.sessions.length, ground.last.session.state.status]).toEqual([1, 'connected']);
  });

  test('a session that fails is not replaced, not even when the peer comes back', async () => {
    const ground = await wanted();
    ground.peer.release();
    await ground.pass(PATIENCE_MS);
    ground.peer.available();
    await ground.pass(IDLE_MS);
    expect([ground.sessions.length, ground.clock.pendingCount]).toEqual([1, 0]);
  });

  test('releasing while it waits for its next try ends the waiting', async () => {
    const ground = await wanted();
    await ground.pass(PATIENCE_MS);
    ground.peer.release();
    await ground.pass(IDLE_MS);
    expect([ground.sessions.length, ground.clock.pendingCount]).toEqual([1, 0]);
  });
});

describe('after it was closed', () => {
  test('the other side was told and nothing starts any more', async () => {
    const ground = await wanted();
    ground.peer.close();
    expect(ground.said.at(-1)?.body).toEqual({ type: 'bye' });
    ground.peer.want();
    ground.peer.available();
    ground.peer.handle(OFFER);
    await ground.pass(IDLE_MS);
    expect([ground.connections.length, ground.clock.pendingCount]).toEqual([1, 0]);
  });

  test('not even what was waiting for its configuration or its next try', async () => {
    const starting = new Ground();
    starting.peer.want();
    starting.peer.close();
    const waiting = await wanted();
    await waiting.pass(PATIENCE_MS);
    waiting.peer.close();
    expect(waiting.clock.pendingCount).toBe(0);
    for (const ground of [starting, waiting]) await ground.pass(IDLE_MS);
    expect([starting.connections.length, waiting.connections.length]).toEqual([0, 1]);
  });
});
