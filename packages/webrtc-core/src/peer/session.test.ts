import { describe, expect, test } from 'vitest';
import { FakeConnection } from '../testing/fake-connection.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { Session } from './session.ts';
import type { SessionSignal } from './session-signal.ts';

const PATIENCE_MS = 15_000;
const ANSWER = { type: 'description', description: { type: 'answer', sdp: 'answer to offer 1 of here' } } as const;
const FOUND_NONE = { type: 'bye', because: 'no-path' } as const;
const FRESH: RTCConfiguration = { iceServers: [{ urls: 'turn:fresh.example' }] };

const HOST = 'candidate:1 1 udp 2113937151 192.0.2.4 5004 typ host';
const RELAY = 'candidate:1 1 udp 50339839 203.0.113.9 50006 typ relay raddr 0.0.0.0 rport 0';
const TURN: RTCConfiguration = { iceServers: [{ urls: 'turn:turn.example' }] };

function newSession(configuration: RTCConfiguration = {}) {
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

test('its first words are to whoever listens, the next to whom it heard', async () => {
  const { said, session, settle, hears } = newSession();
  await settle();
  expect(said).toMatchObject([{ from: session.id, to: null, body: { type: 'description' } }]);
  hears({ type: 'description', description: { type: 'answer', sdp: 'answer to offer 1 of here' } });
  expect(session.remoteId).toBe('there');
  session.close();
  expect(said.at(-1)).toEqual({ from: session.id, to: 'there', body: { type: 'bye' } });
});

test('both sides know its channel without a word', () => {
  expect(newSession().session.channel).toMatchObject({ negotiated: true, id: 0, ordered: true });
});

describe('a lost path', () => {
  test('restarts ICE once, on the same connection, and offers it', async () => {
    const { connection, said, session, states, settle, hears } = newSession();
    await settle();
    hears({ type: 'description', description: { type: 'answer', sdp: 'answer to offer 1 of here' } });
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
    hears({ type: 'description', description: { type: 'answer', sdp: 'answer to offer 1 of here' } });
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
    hears({ type: 'description', description: { type: 'answer', sdp: 'answer to offer 1 of here' } });
    connection.pathBecomes('connected');
    session.suspect();
    await settle();
    expect([connection.restartCount, states]).toEqual([1, ['connected']]);
    connection.pathBecomes('disconnected');
    session.suspect();
    await settle();
    expect(connection.restartCount).toBe(2);
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

test('its path is what its statistics say', async () => {
  const { connection, session } = newSession();
  expect(await session.path()).toBeUndefined();
  const ends = { localCandidateId: 'end', remoteCandidateId: 'end' };
  connection.stats = new Map<string, unknown>([
    ['end', { id: 'end', candidateType: 'host' }],
    ['pair', { id: 'pair', type: 'candidate-pair', state: 'succeeded', nominated: true, ...ends }],
  ]);
  expect(await session.path()).toMatchObject({ kind: 'lan' });
});

test('why its path is relayed is told from what it was configured with last', async () => {
  const { connection, session, settle, refreshWith } = newSession(TURN);
  connection.stats = new Map<string, unknown>([
    ['here', { id: 'here', type: 'local-candidate', candidateType: 'relay', relayProtocol: 'udp' }],
    ['there', { id: 'there', type: 'remote-candidate', candidateType: 'host' }],
    [
      'pair',
      {
        ...{ id: 'pair', type: 'candidate-pair', state: 'succeeded', nominated: true },
        ...{ localCandidateId: 'here', remoteCandidateId: 'there' },
      },
    ],
  ]);
  expect(await session.path()).toMatchObject({ relayReason: 'no-direct-path' });
  refreshWith(async () => ({ ...TURN, iceTransportPolicy: 'relay' }));
  connection.pathBecomes('connected');
  session.suspect();
  await settle();
  expect(await session.path()).toMatchObject({ relayReason: 'relay-only' });
});
