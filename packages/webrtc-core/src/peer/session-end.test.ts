// How a session ends, what it says then, and why.
import { describe, expect, test } from 'vitest';
import { ANSWER, FRESH, newSession, PATIENCE_MS, TURN } from '../testing/session-ground.ts';

const FOUND_NONE = { type: 'bye', because: 'no-path' } as const;
const HOST = 'candidate:1 1 udp 2113937151 192.0.2.4 5004 typ host';
const RELAY = 'candidate:1 1 udp 50339839 203.0.113.9 50006 typ relay raddr 0.0.0.0 rport 0';

describe('the end', () => {
  test('no path in time: the other side is told, the connection is closed, the reason is said', () => {
    const { clock, connection, byes, session } = newSession();
    clock.advance(PATIENCE_MS - 1);
    expect(session.state.status).toBe('connecting');
    clock.advance(1);
    expect([session.state.status, session.wasConnected]).toEqual(['failed', false]);
    expect(byes()).toMatchObject([{ to: null }]);
    // The other side may be about to answer: this is no word about paths.
    expect(byes()[0]!.body).toEqual({ type: 'bye' });
    expect(connection.signalingState).toBe('closed');
    expect(session.ended.reason).toMatchObject({ code: 'connect-timeout' });
    session.close();
    expect([byes().length, clock.pendingCount]).toEqual([1, 0]);
  });

  test('no path in time, although the other side spoke, is another reason, and it is told so', async () => {
    const { clock, connection, byes, session, settle, hears } = newSession();
    await settle();
    connection.findsCandidate(HOST);
    clock.advance(PATIENCE_MS - 1);
    hears(ANSWER);
    clock.advance(PATIENCE_MS - 1);
    expect(session.state.status).toBe('connecting');
    clock.advance(1);
    expect(session.ended.reason).toMatchObject({ code: 'relay-missing' });
    expect(byes()).toMatchObject([{ to: 'there', body: FOUND_NONE }]);
  });

  test.each<[string, RTCConfiguration, string[]]>([
    ['ice-failed', TURN, [HOST, RELAY]],
    ['relay-failed', TURN, [HOST]],
    ['relay-missing', {}, [HOST]],
    ['candidates-missing', {}, []],
  ])('the reason is %s with %j when it found %j', async (code, configuration, found) => {
    const { connection, session, settle, hears } = newSession(configuration);
    await settle();
    hears(ANSWER);
    for (const line of found) connection.findsCandidate(line);
    connection.pathBecomes('failed');
    expect([session.noPathCode, session.ended.reason]).toMatchObject([code, { code }]);
  });

  test.each([
    ['before', true],
    ['after', false],
  ])('nothing to offer, known %s the other side’s first word, is not waited for', async (_, isFirst) => {
    const { clock, connection, byes, session, settle, hears } = newSession();
    await settle();
    if (isFirst) connection.findsCandidate(null);
    expect(session.state.status).toBe('connecting');
    hears(ANSWER);
    if (!isFirst) connection.findsCandidate(null);
    expect(session.ended.reason).toMatchObject({ code: 'candidates-missing' });
    expect([byes().map(({ body }) => body), clock.pendingCount]).toEqual([[FOUND_NONE], 0]);
  });

  test('something to offer is: the other side may find it', async () => {
    const { connection, session, settle, hears } = newSession();
    await settle();
    hears(ANSWER);
    connection.findsCandidate(HOST);
    connection.findsCandidate(null);
    expect(session.state.status).toBe('connecting');
    connection.pathBecomes('connected');
    connection.findsCandidate(null);
    expect(session.state.status).toBe('connected');
  });

  test('the other side found no path: it ends the same way, and blames nothing that might still have come', async () => {
    const { connection, byes, session, settle, hears } = newSession(TURN);
    await settle();
    hears(ANSWER);
    connection.findsCandidate(HOST);
    hears(FOUND_NONE);
    expect([session.state.status, session.noPathCode]).toEqual(['failed', 'ice-failed']);
    expect([byes().length, connection.signalingState]).toEqual([1, 'closed']);
  });

  test('a negotiation that cannot be mended ends it, which says nothing about paths', async () => {
    const { connection, byes, session, settle, hears } = newSession();
    hears({ type: 'description', description: { type: 'answer', sdp: 'answer to nothing' } });
    await settle();
    expect([session.state.status, session.noPathCode, connection.signalingState]).toEqual([
      'failed',
      'ice-failed',
      'closed',
    ]);
    expect(byes().map(({ body }) => body)).toEqual([{ type: 'bye' }]);
  });

  test('a path that was lost says nothing about paths either', () => {
    const { clock, connection, byes } = newSession();
    connection.pathBecomes('connected');
    connection.pathBecomes('disconnected');
    clock.advance(PATIENCE_MS);
    expect(byes().map(({ body }) => body)).toEqual([{ type: 'bye' }]);
  });

  test('closing says so, once', () => {
    const { clock, connection, byes, session } = newSession();
    connection.pathBecomes('connected');
    session.close();
    session.close();
    clock.advance(0);
    expect([byes().length, session.state.status, clock.pendingCount]).toEqual([1, 'closed', 0]);
    expect(session.ended.reason).toMatchObject({ code: 'channel-closed' });
  });

  test('a farewell is not answered', () => {
    const { connection, byes, session, hears } = newSession();
    connection.pathBecomes('connected');
    hears({ type: 'bye' });
    expect([byes(), session.state.status, connection.signalingState]).toEqual([[], 'closed', 'closed']);
  });

  test('what is found or offered after it is not said', async () => {
    const { connection, said, session, settle } = newSession();
    // Whether browsers finish what was under way when a connection is closed differs.
    connection.setLocalDescription = async () => {
      connection.localDescription = { type: 'offer', sdp: 'late' };
    };
    connection.onnegotiationneeded?.();
    session.close();
    connection.findsCandidate('late');
    await settle();
    expect(said.map(({ body }) => body.type)).toEqual(['bye']);
  });

  test('new credentials that come after it are not used', async () => {
    const { connection, session, settle, refreshWith } = newSession();
    let answer = (_: RTCConfiguration) => {};
    refreshWith(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    connection.pathBecomes('connected');
    connection.pathBecomes('disconnected');
    session.close();
    answer(FRESH);
    await settle();
    expect([connection.configurations, connection.restartCount]).toEqual([[], 0]);
  });
});
