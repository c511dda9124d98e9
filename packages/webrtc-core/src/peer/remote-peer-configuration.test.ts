// With what a peer's sessions are made: servers, and what this side allows.
import { describe, expect, test } from 'vitest';
import { SignalingError } from '../errors.ts';
import { OFFER, PATIENCE_MS, RemotePeerGround, wantedPeer } from '../testing/remote-peer-ground.ts';

const CONFIGURATION_MS = 2000;

describe('its servers', () => {
  test('without a configuration it is tried without servers', async () => {
    const ground = new RemotePeerGround();
    ground.configuration = () => Promise.reject(SignalingError.closed());
    ground.peer.want();
    await ground.pass();
    expect(ground.usedConfigurations).toEqual([{}]);
  });

  test('a configuration that does not come in time is not waited for', async () => {
    const ground = new RemotePeerGround();
    ground.configuration = () => new Promise(() => {});
    ground.peer.want();
    await ground.pass(CONFIGURATION_MS - 1);
    expect(ground.usedConfigurations).toEqual([]);
    await ground.pass(1);
    expect(ground.usedConfigurations).toEqual([{}]);
  });

  test('a connection that cannot be made is no path, and the next configuration may be better', async () => {
    const ground = new RemotePeerGround();
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
    const ground = new RemotePeerGround();
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
    const ground = new RemotePeerGround();
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
    const ground = await wantedPeer();
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
    const ground = await wantedPeer();
    await ground.pass(PATIENCE_MS);
    ground.peer.replace();
    await ground.pass();
    expect(ground.sessions.length).toBe(2);
  });

  test('a session that only the other side wants is closed, and made again by it', async () => {
    const ground = new RemotePeerGround();
    ground.peer.handle(OFFER);
    await ground.pass();
    ground.peer.replace();
    await ground.pass();
    expect(ground.sessions.map(({ state }) => state.status)).toEqual(['closed']);
    expect(ground.said.at(-1)).toMatchObject({ to: 'there', body: { type: 'bye' } });
  });
});
