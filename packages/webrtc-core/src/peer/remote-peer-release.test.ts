// A peer that is wanted no longer, or never again.
import { describe, expect, test } from 'vitest';
import { IDLE_MS, OFFER, PATIENCE_MS, RemotePeerGround, wantedPeer } from '../testing/remote-peer-ground.ts';

describe('when it is wanted no longer', () => {
  test('its session is closed once it was idle for a while', async () => {
    const ground = await wantedPeer();
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
    const ground = new RemotePeerGround();
    ground.peer.want();
    ground.peer.release();
    await ground.pass(IDLE_MS);
    expect(ground.sessions).toEqual([]);
  });

  test('a session of the other side’s making is left to it', async () => {
    const ground = new RemotePeerGround();
    ground.peer.handle(OFFER);
    await ground.pass();
    ground.last.connection.pathBecomes('connected');
    ground.peer.release();
    await ground.pass(IDLE_MS);
    expect(ground.last.session.state.status).toBe('connected');
  });

  test('wanting it again in time keeps the session', async () => {
    const ground = await wantedPeer();
    ground.last.connection.pathBecomes('connected');
    ground.peer.release();
    await ground.pass(IDLE_MS - 1);
    ground.peer.want();
    await ground.pass(IDLE_MS);
    expect([ground.sessions.length, ground.last.session.state.status]).toEqual([1, 'connected']);
  });

  test('a session that fails is not replaced, not even when the peer comes back', async () => {
    const ground = await wantedPeer();
    ground.peer.release();
    await ground.pass(PATIENCE_MS);
    ground.peer.available();
    await ground.pass(IDLE_MS);
    expect([ground.sessions.length, ground.clock.pendingCount]).toEqual([1, 0]);
  });

  test('releasing while it waits for its next try ends the waiting', async () => {
    const ground = await wantedPeer();
    await ground.pass(PATIENCE_MS);
    ground.peer.release();
    await ground.pass(IDLE_MS);
    expect([ground.sessions.length, ground.clock.pendingCount]).toEqual([1, 0]);
  });
});

describe('after it was closed', () => {
  test('the other side was told and nothing starts any more', async () => {
    const ground = await wantedPeer();
    ground.peer.close();
    expect(ground.said.at(-1)?.body).toEqual({ type: 'bye' });
    ground.peer.want();
    ground.peer.available();
    ground.peer.handle(OFFER);
    await ground.pass(IDLE_MS);
    expect([ground.connections.length, ground.clock.pendingCount]).toEqual([1, 0]);
  });

  test('not even what was waiting for its configuration or its next try', async () => {
    const starting = new RemotePeerGround();
    starting.peer.want();
    starting.peer.close();
    const waiting = await wantedPeer();
    await waiting.pass(PATIENCE_MS);
    waiting.peer.close();
    expect(waiting.clock.pendingCount).toBe(0);
    for (const ground of [starting, waiting]) await ground.pass(IDLE_MS);
    expect([starting.connections.length, waiting.connections.length]).toEqual([0, 1]);
  });
});
