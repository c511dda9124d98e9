import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProtocolError } from '../errors.ts';
import { readSessionSignal, type SessionSignal, writeSessionSignal } from './session-signal.ts';

const id = fc.oneof(fc.uuid(), fc.string({ minLength: 1, maxLength: 64 }));

const signal: Arbitrary<SessionSignal> = fc.record({
  from: id,
  to: fc.option(id),
  body: fc.oneof(
    fc.record({
      type: fc.constant('description' as const),
      description: fc.record({ type: fc.constantFrom('offer' as const, 'answer' as const), sdp: fc.string() }),
    }),
    fc.record({
      type: fc.constant('candidate' as const),
      candidate: fc.record({
        candidate: fc.string(),
        sdpMid: fc.option(fc.string()),
        sdpMLineIndex: fc.option(fc.nat(10)),
      }),
    }),
    fc.record({ type: fc.constant('bye' as const) }),
    fc.record({ type: fc.constant('bye' as const), because: fc.constant('no-path' as const) }),
  ),
});

test('every signal is read as it was written', () => {
  fc.assert(
    fc.property(signal, (said) => {
      expect(readSessionSignal(writeSessionSignal(said))).toEqual(said);
    }),
  );
});

test('whatever comes from outside is read, or refused as malformed, and nothing else', () => {
  const almost = fc.record({ from: fc.json(), to: fc.json(), body: fc.json() }).map((fields) => JSON.stringify(fields));
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), almost), (payload) => {
      try {
        readSessionSignal(payload);
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError);
        expect((error as ProtocolError).code).toBe('message-malformed');
      }
    }),
  );
});

/** A valid signal with some fields changed; an undefined field is left out. */
const changed = (fields: object) => ({ from: 'a', to: 'b', body: { type: 'bye' }, ...fields });
const description = (fields: object) =>
  changed({ body: { type: 'description', description: { type: 'offer', sdp: 'v=0', ...fields } } });
const candidate = (fields: object, type = 'candidate') =>
  changed({ body: { type, candidate: { candidate: 'x', sdpMid: '0', sdpMLineIndex: 0, ...fields } } });

function refused(payload: string): void {
  expect(() => readSessionSignal(payload)).toThrow(expect.objectContaining({ code: 'message-malformed' }));
}

describe('what is not a signal is refused', () => {
  test.each(['', 'bye', '{', '{"from":"a"', "{'from':'a'}", 'undefined'])('not JSON: %j', refused);

  test.each(['null', '1', '"bye"', 'true', '[]', '{}', '[{"from":"a","to":"b","body":{"type":"bye"}}]'])(
    'not an object of its kind: %s',
    refused,
  );

  test.each<[string, object]>([
    ['without a sender', changed({ from: undefined })],
    ['from nobody', changed({ from: null })],
    ['from an empty id', changed({ from: '' })],
    ['from a number', changed({ from: 1 })],
    ['from an id that is too long', changed({ from: 'a'.repeat(65) })],
    ['without an addressee', changed({ to: undefined })],
    ['to an empty id', changed({ to: '' })],
    ['to a list of ids', changed({ to: ['b'] })],
    ['to an id that is too long', changed({ to: 'b'.repeat(65) })],
    ['without a body', changed({ body: undefined })],
    ['with a body of null', changed({ body: null })],
    ['with a body of text', changed({ body: 'bye' })],
    ['with a body of no type', changed({ body: {} })],
    ['with a body of unknown type', changed({ body: { type: 'hello' } })],
    ['with a body of unknown type that is a candidate else', candidate({}, 'hello')],
    ['with a body whose type is an object’s own', changed({ body: { type: 'constructor' } })],
    ['with a description left out', changed({ body: { type: 'description' } })],
    ['with a description of null', changed({ body: { type: 'description', description: null } })],
    ['with a candidate’s field for a description', changed({ body: { type: 'description', candidate: {} } })],
    ['with a description of no type', description({ type: undefined })],
    ['with a provisional answer', description({ type: 'pranswer' })],
    ['with a rollback', description({ type: 'rollback' })],
    ['with a description without text', description({ sdp: undefined })],
    ['with a description of null text', description({ sdp: null })],
    ['with a candidate left out', changed({ body: { type: 'candidate' } })],
    ['with a candidate of text', changed({ body: { type: 'candidate', candidate: 'x' } })],
    ['with a candidate without text', candidate({ candidate: undefined })],
    ['with a candidate of null text', candidate({ candidate: null })],
    ['with a candidate without a section', candidate({ sdpMid: undefined })],
    ['with a candidate whose section is a number', candidate({ sdpMid: 0 })],
    ['with a candidate without a section’s index', candidate({ sdpMLineIndex: undefined })],
    ['with a candidate whose section’s index is text', candidate({ sdpMLineIndex: '0' })],
  ])('%s', (_, value) => refused(JSON.stringify(value)));

  test('one that is too long, however valid', () => {
    const emptyLength = JSON.stringify(description({ sdp: '' })).length;
    const longest = description({ sdp: 'x'.repeat(32 * 1024 - emptyLength) });
    expect(readSessionSignal(JSON.stringify(longest))).toEqual(longest);
    refused(`${JSON.stringify(longest)} `);
  });
});

test('ids may be as long as 64 characters, and the addressee unknown', () => {
  const longest = changed({ from: 'a'.repeat(64), to: 'b'.repeat(64) });
  expect(readSessionSignal(JSON.stringify(longest))).toEqual(longest);
  expect(readSessionSignal(JSON.stringify(changed({ to: null }))).to).toBeNull();
});

test.each([undefined, null, 1, 'no-path ', 'later', ['no-path'], {}])(
  'a farewell because of %j has no reason',
  (because) => {
    expect(readSessionSignal(JSON.stringify(changed({ body: { type: 'bye', because } }))).body).toEqual({
      type: 'bye',
    });
  },
);

test('fields that nobody asked for are dropped from a signal, and change nothing', () => {
  const payload = '{"from":"a","to":null,"body":{"type":"bye","x":1},"__proto__":{"y":2},"room":"z"}';
  const read = readSessionSignal(payload);
  expect(Object.keys(read)).toEqual(['from', 'to', 'body']);
  expect(read.body.type).toBe('bye');
  expect(({} as Record<string, unknown>).y).toBeUndefined();
});
