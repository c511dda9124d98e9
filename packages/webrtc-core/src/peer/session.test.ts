import { expect, test } from 'vitest';
import { ANSWER, newSession, TURN } from '../testing/session-ground.ts';

test('its first words are to whoever listens, the next to whom it heard', async () => {
  const { said, session, settle, hears } = newSession();
  await settle();
  expect(said).toMatchObject([{ from: session.id, to: null, body: { type: 'description' } }]);
  hears(ANSWER);
  expect(session.remoteId).toBe('there');
  session.close();
  expect(said.at(-1)).toEqual({ from: session.id, to: 'there', body: { type: 'bye' } });
});

test('both sides know its channel without a word', () => {
  expect(newSession().session.channel).toMatchObject({ negotiated: true, id: 0, ordered: true });
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
