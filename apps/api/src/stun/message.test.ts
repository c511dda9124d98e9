import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addFingerprint, checkFingerprint } from './fingerprint.ts';
import { addIntegrity, isSignedWith, longTermKey } from './integrity.ts';
import { ATTRIBUTE, attributeValue, decodeMessage, encodeMessage, messageBytes, type StunMessage } from './message.ts';
import { decodeXorAddress } from './xor-address.ts';

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex');

const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((array) => Buffer.from(array));

const message: fc.Arbitrary<StunMessage> = fc.record({
  method: fc.integer({ min: 0, max: 0xfff }),
  class: fc.constantFrom('request', 'indication', 'success', 'error'),
  transactionId: bytes(12),
  attributes: fc.array(
    fc.record({
      type: fc.integer({ min: 0, max: 0xffff }),
      value: fc.uint8Array({ maxLength: 100 }).map((array) => Buffer.from(array)),
    }),
    { maxLength: 8 },
  ),
});

describe('any message', () => {
  test('is the same after encoding and decoding', () => {
    fc.assert(
      fc.property(message, (made) => {
        expect(decodeMessage(encodeMessage(made))).toEqual(made);
      }),
    );
  });

  test('says how long it is in its first eight bytes', () => {
    fc.assert(
      fc.property(message, (made) => {
        const encoded = encodeMessage(made);
        expect(messageBytes(encoded.subarray(0, 8))).toBe(encoded.length);
      }),
    );
  });

  test('is none when it was cut, or has something behind it', () => {
    fc.assert(
      fc.property(message, fc.nat(), (made, cut) => {
        const encoded = encodeMessage(made);
        expect(decodeMessage(encoded.subarray(0, cut % encoded.length))).toBeUndefined();
        expect(decodeMessage(Buffer.concat([encoded, Buffer.alloc(4)]))).toBeUndefined();
      }),
    );
  });

  test('shows every change of a byte in its fingerprint', () => {
    const unprinted = message.filter(({ attributes }) =>
      attributes.every(({ type }) => type !== ATTRIBUTE.fingerprint),
    );
    fc.assert(
      fc.property(unprinted, fc.nat(), fc.integer({ min: 1, max: 255 }), (made, at, change) => {
        const encoded = addFingerprint(encodeMessage(made));
        expect(checkFingerprint(decodeMessage(encoded)!, encoded)).toBe('right');
        encoded[at % encoded.length]! ^= change;
        const decoded = decodeMessage(encoded);
        if (decoded) expect(checkFingerprint(decoded, encoded)).not.toBe('right');
      }),
    );
  });

  test('is signed with one key and no other', () => {
    const unsigned = message.filter(({ attributes }) =>
      attributes.every(({ type }) => type !== ATTRIBUTE.messageIntegrity && type !== ATTRIBUTE.fingerprint),
    );
    fc.assert(
      fc.property(unsigned, bytes(16), bytes(16), (made, key, otherKey) => {
        fc.pre(!key.equals(otherKey));
        const encoded = addFingerprint(addIntegrity(encodeMessage(made), key));
        const decoded = decodeMessage(encoded)!;
        expect(isSignedWith(key, decoded, encoded)).toBe(true);
        expect(isSignedWith(otherKey, decoded, encoded)).toBe(false);
        expect(checkFingerprint(decoded, encoded)).toBe('right');
      }),
    );
  });
});

describe('any bytes', () => {
  test('are decoded to a message or to none, but never throw', () => {
    // A right header, or hardly any of them would come as far as the attributes.
    const withHeader = fc
      .tuple(fc.integer({ min: 0, max: 0x3fff }), fc.uint8Array({ maxLength: 60 }))
      .map(([type, rest]) => {
        const made = Buffer.alloc(20 + rest.length);
        made.writeUInt16BE(type, 0);
        made.writeUInt16BE(rest.length, 2);
        made.writeUInt32BE(0x2112a442, 4);
        made.set(rest, 20);
        return made;
      });
    fc.assert(
      fc.property(fc.oneof(withHeader, bytes(20), bytes(3)), (received) => {
        const decoded = decodeMessage(received);
        if (!decoded) return;
        const total = decoded.attributes.reduce((sum, { value }) => sum + 4 + value.length, 20);
        expect(total).toBeLessThanOrEqual(received.length);
        checkFingerprint(decoded, received);
        isSignedWith(Buffer.alloc(16), decoded, received);
      }),
      { numRuns: 2000 },
    );
  });

  test('without the magic cookie are no message: RFC 3489 had none, and no transaction id of 12 bytes', () => {
    const encoded = encodeMessage({ method: 1, class: 'request', transactionId: Buffer.alloc(12), attributes: [] });
    encoded[4]! ^= 1;
    expect(decodeMessage(encoded)).toBeUndefined();
  });
});

describe('the samples of RFC 5769', () => {
  const SHORT_TERM_KEY = Buffer.from('VOkJxbRl1RmTxUk/WvJxBt');

  test('a request', () => {
    const sample = hex(`
      000100582112a442b7e7a701bc34d686fa87dfae 802200105354554e207465737420636c69656e74
      002400046e0001ff 80290008932ff9b151263b36 000600096576746a3a68367659202020
      000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2 80280004e57a3bcf`);
    const decoded = decodeMessage(sample)!;
    expect([decoded.method, decoded.class]).toEqual([1, 'request']);
    expect(String(attributeValue(decoded, ATTRIBUTE.username))).toBe('evtj:h6vY');
    expect(isSignedWith(SHORT_TERM_KEY, decoded, sample)).toBe(true);
    expect(checkFingerprint(decoded, sample)).toBe('right');
  });

  test.each([
    [
      'IPv4',
      `0101003c2112a442b7e7a701bc34d686fa87dfae 8022000b7465737420766563746f7220
       002000080001a147e112a643 000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7 80280004c07d4c96`,
      '192.0.2.1',
    ],
    [
      'IPv6',
      `010100482112a442b7e7a701bc34d686fa87dfae 8022000b7465737420766563746f7220
       002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9
       00080014a382954e4be67bf11784c97c8292c275bfe3ed41 80280004c8fb0b4c`,
      '2001:db8:1234:5678:11:2233:4455:6677',
    ],
  ])('an answer with an %s address', (_family, text, address) => {
    const sample = hex(text);
    const decoded = decodeMessage(sample)!;
    const value = attributeValue(decoded, ATTRIBUTE.xorMappedAddress)!;
    expect(decodeXorAddress(value, decoded.transactionId)).toEqual({ address, port: 32853 });
    expect(isSignedWith(SHORT_TERM_KEY, decoded, sample)).toBe(true);
    expect(checkFingerprint(decoded, sample)).toBe('right');
  });

  test('a request with long-term credentials', () => {
    const sample = hex(`
      000100602112a44278ad3433c6ad72c029da412e
      00060012e3839ee38388e383aae38383e382afe382b90000
      0015001c662f2f3439396b39353464364f4c33346f4c394653547679363473410014000b6578616d706c652e6f726700
      00080014f67024656dd64a3e02b8e0712e85c9a28ca89666`);
    const decoded = decodeMessage(sample)!;
    const key = longTermKey('マトリックス', 'example.org', 'TheMatrIX');
    expect(isSignedWith(key, decoded, sample)).toBe(true);
  });
});
