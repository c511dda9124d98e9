import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ERROR_CODES, ProtocolError } from '../errors.ts';
import { anyMessage, arbitraryMessage, MESSAGE_TYPES } from '../testing/arbitrary-message.ts';
import { decode, encode, isChunkTag } from './codec.ts';
import type { Message } from './message.ts';

const TRANSFER = '01234567-89ab-4cde-8f01-23456789abcd';
const malformed = expect.objectContaining({ code: 'message-malformed' });

function encoded(message: Message): Uint8Array {
  const { head, payload } = encode(message);
  const bytes = new Uint8Array(head.length + payload.length);
  bytes.set(head);
  bytes.set(payload, head.length);
  return bytes;
}

/** The message, or undefined for a proper refusal; anything else thrown fails the test. */
function decoded(bytes: Uint8Array): Message | undefined {
  try {
    return decode(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toEqual(malformed);
    return undefined;
  }
}

test.each(MESSAGE_TYPES)('any %s is read as it was written', (type) => {
  fc.assert(
    fc.property(arbitraryMessage(type), (message) => {
      expect(decode(encoded(message))).toEqual(message);
    }),
  );
});

test('only a chunk has a chunk’s tag, and only its bytes are a payload of their own', () => {
  fc.assert(
    fc.property(anyMessage, (message) => {
      const { head, payload } = encode(message);
      expect(isChunkTag(head[0]!)).toBe(message.type === 'chunk');
      if (message.type === 'chunk') expect(payload).toBe(message.bytes);
      else expect(payload.length).toBe(0);
    }),
  );
});

test('a chunk’s hash is a copy, its bytes are a view', () => {
  const input = encoded({
    type: 'chunk',
    transfer: TRANSFER,
    index: 1,
    hash: new Uint8Array(32),
    bytes: new Uint8Array(9),
  });
  const message = decode(input) as Extract<Message, { type: 'chunk' }>;
  input.fill(7);
  expect(message.hash).toEqual(new Uint8Array(32));
  expect(message.bytes).toEqual(new Uint8Array(9).fill(7));
});

describe('from a stranger', () => {
  test('arbitrary bytes are a message or malformed, never anything else', () => {
    const bytes = fc
      .tuple(fc.nat(20), fc.uint8Array({ maxLength: 200 }))
      .map(([tag, rest]) => Uint8Array.of(tag, ...rest));
    fc.assert(
      fc.property(bytes, (input) => void decoded(input)),
      { numRuns: 3000 },
    );
    expect(decoded(new Uint8Array(0))).toBeUndefined();
  });

  test('a damaged message is a message or malformed; what is read has one encoding only', () => {
    const damage = fc.record({ at: fc.nat(), byte: fc.nat(255), cut: fc.boolean() });
    fc.assert(
      fc.property(anyMessage, damage, (message, { at, byte, cut }) => {
        const input = encoded(message);
        const place = at % input.length;
        input[place] = byte;
        const damaged = cut ? input.subarray(0, place) : input;
        const read = decoded(damaged);
        if (read) expect(encoded(read)).toEqual(damaged);
      }),
      { numRuns: 3000 },
    );
  });

  test('a message cut short or followed by more is malformed; only a chunk takes what is there', () => {
    fc.assert(
      fc.property(anyMessage, fc.nat(), (message, at) => {
        fc.pre(message.type !== 'chunk');
        const whole = encoded(message);
        expect(() => decode(whole.subarray(0, at % whole.length))).toThrow(malformed);
        expect(() => decode(Uint8Array.of(...whole, 0))).toThrow(malformed);
      }),
    );
  });

  test('a type nobody knows is malformed', () => {
    for (let tag = MESSAGE_TYPES.length; tag < 256; tag++) {
      expect(() => decode(Uint8Array.of(tag, ...new Uint8Array(60)))).toThrow(malformed);
    }
  });

  test('a reason or an error code nobody knows is malformed', () => {
    const cancel = encoded({ type: 'cancel', transfer: TRANSFER, reason: 'user' });
    cancel[17] = 2;
    expect(() => decode(cancel)).toThrow(malformed);
    const abort = encoded({ type: 'abort', transfer: TRANSFER, code: 'lost' });
    abort[17] = ERROR_CODES.length;
    expect(() => decode(abort)).toThrow(malformed);
  });
});

test('every error code has a number of its own', () => {
  const numbers = ERROR_CODES.map((code) => encoded({ type: 'abort', transfer: TRANSFER, code })[17]!);
  expect(numbers.sort((a, b) => a - b)).toEqual(ERROR_CODES.map((_, index) => index));
});

test('a transfer id that is no lower-case UUID is our own mistake', () => {
  for (const transfer of ['', 'x', TRANSFER.toUpperCase(), TRANSFER.replaceAll('-', '')]) {
    expect(() => encode({ type: 'resume', transfer })).toThrow(RangeError);
  }
});

test('a time before 1970 or between milliseconds is written as one that exists', () => {
  const entries = [-5, 1.9].map((modifiedMs) => ({ path: ['a'], sizeBytes: 0, modifiedMs, mediaType: '' }));
  const read = decode(encoded({ type: 'manifest', transfer: TRANSFER, firstEntry: 0, entries }));
  expect((read as Extract<Message, { type: 'manifest' }>).entries.map(({ modifiedMs }) => modifiedMs)).toEqual([0, 1]);
});
