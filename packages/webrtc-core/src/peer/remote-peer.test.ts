import { describe, expect, test } from 'vitest';
import { PATIENCE_MS, RemotePeerGround, wantedPeer } from '../testing/remote-peer-ground.ts';

const HEAL_MS = 1000;
const HOST = 'candidate:1 1 udp 2113937151 192.0.2.4 5004 typ host';

describe('while it is wanted', () => {
  test('it has one session, however often it is said', async () => {
    const ground = await wantedPeer();
    ground.peer.want();
    ground.peer.available();
    await ground.pass(PATIENCE_MS - 1);
    expect([ground.sessions.length, ground.connections.length]).toEqual([1, 1]);
    expect(ground.said).toMatchObject([{ from: ground.last.session.id, to: null }]);
  });

  test('no path: that is said, and tried again after waits that grow', async () => {
    const ground = await wantedPeer();
    for (const leastMs of [500, 1000, 2000]) {
      ground.last.connection.findsCandidate(HOST);
      await ground.pass(PATIENCE_MS);
      await ground.expectWait(leastMs);
    }
    expect(ground.unreachable).toEqual(['relay-missing', 'relay-missing', 'relay-missing']);
    expect(ground.connections.filter(({ signalingState }) => signalingState !== 'closed').length).toBe(1);
  });

  test('a path that is lost for good says nothing about the next try, which comes soon', async () => {
    const ground = await wantedPeer();
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
    const ground = await wantedPeer();
    ground.last.connection.pathBecomes('connected');
    ground.hears({ type: 'bye' });
    await ground.pass();
    await ground.expectWait(250);
    expect(ground.unreachable).toEqual([]);
  });

  test('sessions that the other side leaves before there was a path wait longer each time', async () => {
    const ground = await wantedPeer();
    for (const leastMs of [500, 1000, 2000]) {
      ground.hears({ type: 'bye' });
      await ground.pass();
      await ground.expectWait(leastMs);
    }
    // Why it left is not known: it may just be reloading.
    expect(ground.unreachable).toEqual([]);
  });

  test('a peer that comes back is tried at once, and waits are short again', async () => {
    const ground = await wantedPeer();
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
    const ground = await wantedPeer();
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
    const ground = await wantedPeer();
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
    const ground = await wantedPeer();
    ground.last.connection.findsCandidate(HOST);
    ground.hears({ type: 'bye', because: 'no-path' });
    await ground.pass();
    expect(ground.unreachable).toEqual(['relay-missing']);
    await ground.expectWait(500);
  });

  test('a peer that cannot be signaled is tried again, but not called unreachable', async () => {
    const ground = new RemotePeerGround();
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
    const ground = await wantedPeer();
    ground.last.connection.pathBecomes('connected');
    ground.canBeSignaled = false;
    ground.last.connection.findsCandidate('late');
    ground.last.connection.pathBecomes('disconnected');
    ground.last.connection.findsCandidate('later');
    await ground.pass(PATIENCE_MS - 1);
    expect(ground.last.session.state.status).toBe('disconnected');
  });
});

describe('whose first offer may have been lost', () => {
  test('is offered another one soon, and later each time, before it is called unreachable', async () => {
    const ground = new RemotePeerGround();
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
    const ground = await wantedPeer();
    await ground.pass(PATIENCE_MS - 1);
    expect([ground.sessions.length, ground.last.session.state.status]).toEqual([1, 'connecting']);
  });
});
