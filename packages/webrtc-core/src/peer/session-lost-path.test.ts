// A session whose path is in doubt or lost.
import { describe, expect, test } from 'vitest';
import { ANSWER, FRESH, newSession, PATIENCE_MS } from '../testing/session-ground.ts';

describe('a lost path', () => {
  test('restarts ICE once, on the same connection, and offers it', async () => {
    const { connection, said, session, states, settle, hears } = newSession();
    await settle();
    hears(ANSWER);
    connection.pathBecomes('connected');
    await settle();
    connection.pathBecomes('disconnected');
    connection.pathBecomes('connecting');
    connection.pathBecomes('disconnected');
    await settle();
    expect(connection.restartCount).toBe(1);
    expect(connection.configurations).toEqual([FRESH]);
    expect(said.at(-1)?.body).toMatchObject({ description: { type: 'offer', sdp: 'offer 2 of here' } });
    expect([states, session.ended.aborted]).toEqual([['connected', 'disconnected'], false]);
  });

  test('for which the other side restarts ICE is looked for with fresh credentials here, too', async () => {
    const { connection, said, settle, hears } = newSession();
    await settle();
    hears(ANSWER);
    await settle();
    expect(connection.configurations).toEqual([]);
    hears({ type: 'description', description: { type: 'offer', sdp: 'offer 1 of there' } });
    await settle();
    expect(connection.configurations).toEqual([FRESH]);
    expect(said.at(-1)?.body).toMatchObject({ description: { sdp: 'answer to offer 1 of there' } });
  });

  test('that heals in time changes nothing, however long it lasts then', () => {
    const { clock, connection, session } = newSession();
    connection.pathBecomes('connected');
    for (let round = 0; round < 3; round++) {
      connection.pathBecomes('disconnected');
      clock.advance(PATIENCE_MS - 1);
      connection.pathBecomes('connected');
    }
    clock.advance(PATIENCE_MS * 10);
    expect([session.state.status, session.ended.aborted]).toEqual(['connected', false]);
  });

  test('is looked for again although ICE sees nothing wrong, when somebody says so', async () => {
    const { connection, session, states, settle, hears } = newSession();
    await settle();
    hears(ANSWER);
    connection.pathBecomes('connected');
    session.suspect();
    await settle();
    expect([connection.restartCount, states]).toEqual([1, ['connected']]);
  });

  test('that everybody notices at once is looked for once, and once more when that did not help', async () => {
    const { clock, connection, session, settle, hears } = newSession();
    await settle();
    hears(ANSWER);
    connection.pathBecomes('connected');
    // The computer woke up, the channel is silent, ICE notices.
    session.suspect();
    await settle();
    clock.advance(1000);
    session.suspect();
    await settle();
    connection.pathBecomes('disconnected');
    await settle();
    expect(connection.restartCount).toBe(1);
    clock.advance(2000);
    await settle();
    expect(connection.restartCount).toBe(2);
    connection.pathBecomes('connected');
    clock.advance(60_000);
    await settle();
    expect([connection.restartCount, clock.pendingCount]).toEqual([2, 0]);
  });

  test.each([
    ['never answers', () => new Promise<RTCConfiguration>(() => {})],
    ['refuses', () => Promise.reject(new Error('offline'))],
  ])('does not wait for a server that %s', async (_, refresh) => {
    const { clock, connection, settle, refreshWith } = newSession();
    refreshWith(refresh);
    connection.pathBecomes('connected');
    connection.pathBecomes('disconnected');
    await settle();
    clock.advance(2000);
    await settle();
    expect([connection.configurations, connection.restartCount]).toEqual([[], 1]);
  });

  test('that does not heal in time ends it', () => {
    const { clock, connection, session, states } = newSession();
    connection.pathBecomes('connected');
    connection.pathBecomes('disconnected');
    clock.advance(PATIENCE_MS);
    expect(states).toEqual(['connected', 'disconnected', 'failed']);
    expect([session.wasConnected, session.ended.aborted]).toEqual([true, true]);
  });
});
