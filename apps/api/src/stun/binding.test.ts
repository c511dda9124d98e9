import { describe, expect, test } from 'vitest';
import { answerBinding } from './binding.ts';
import { decodeErrorCode } from './error-code.ts';
import { addFingerprint, checkFingerprint } from './fingerprint.ts';
import { ATTRIBUTE, attributeValue, decodeMessage, encodeMessage, type StunMessage } from './message.ts';
import { decodeXorAddress } from './xor-address.ts';

const FROM = { address: '192.0.2.7', port: 50_123 };
const transactionId = Buffer.from('0123456789ab');

function request(change: Partial<StunMessage> = {}): Buffer {
  return encodeMessage({ method: 1, class: 'request', transactionId, attributes: [], ...change });
}

const attribute = (type: number, length = 4) => ({ type, value: Buffer.alloc(length) });

test.each([FROM, { address: '2001:db8::7', port: 50_123 }])('a request from %j is told so', (from) => {
  const answer = decodeMessage(answerBinding(request(), from)!)!;
  expect([answer.class, answer.method, answer.transactionId]).toEqual(['success', 1, transactionId]);
  expect(answer.attributes).toHaveLength(1);
  const value = attributeValue(answer, ATTRIBUTE.xorMappedAddress)!;
  expect(decodeXorAddress(value, transactionId)).toEqual(from);
});

test('the answer has a fingerprint when the request has one', () => {
  const answer = answerBinding(addFingerprint(request()), FROM)!;
  expect(checkFingerprint(decodeMessage(answer)!, answer)).toBe('right');
});

test('no answer is more than twice as long as its request, but for what IPv6 addresses need', () => {
  const unknown = Array.from({ length: 200 }, (_, index) => attribute(0x4000 + index, 0));
  for (const asked of [request(), addFingerprint(request()), request({ attributes: unknown })]) {
    expect(answerBinding(asked, FROM)!.length).toBeLessThanOrEqual(asked.length * 2);
    expect(answerBinding(asked, FROM)!.length).toBeLessThanOrEqual(64);
  }
  expect(answerBinding(request(), { address: '2001:db8::7', port: 1 })!).toHaveLength(44);
});

test('what must be understood and is not is refused by name', () => {
  // CHANGE-REQUEST of RFC 5780, twice, and something optional.
  const attributes = [attribute(0x0003), attribute(0x8022), attribute(0x7fff), attribute(0x0003)];
  const answer = decodeMessage(answerBinding(request({ attributes }), FROM)!)!;
  expect(answer.class).toBe('error');
  expect(decodeErrorCode(attributeValue(answer, ATTRIBUTE.errorCode)!)?.code).toBe(420);
  expect(attributeValue(answer, ATTRIBUTE.unknownAttributes)).toEqual(Buffer.from([0x00, 0x03, 0x7f, 0xff]));
});

test('credentials are not asked for, and what follows a signature counts for nothing', () => {
  const attributes = [attribute(ATTRIBUTE.username), attribute(ATTRIBUTE.messageIntegrity, 20), attribute(0x0003)];
  expect(decodeMessage(answerBinding(request({ attributes }), FROM)!)?.class).toBe('success');
});

describe('no answer is given to', () => {
  const wrongFingerprint = addFingerprint(request());
  wrongFingerprint[wrongFingerprint.length - 1]! ^= 1;
  const early = addFingerprint(request());
  const notLast = Buffer.concat([early, Buffer.from([0x80, 0x22, 0, 0])]);
  notLast.writeUInt16BE(notLast.length - 20, 2);

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['bytes of another kind', Buffer.from('GET / HTTP/1.1\r\n\r\n, long enough')],
    ['an indication', request({ class: 'indication' })],
    ['an answer, or two servers would talk for ever', request({ class: 'success' })],
    ['an error', request({ class: 'error' })],
    ['Allocate: this is no relay', request({ method: 3 })],
    ['a wrong fingerprint', wrongFingerprint],
    ['a fingerprint with something behind it', notLast],
    ['a request that is too long', request({ attributes: [attribute(0x8022, 1300)] })],
    ['a request that was cut', request({ attributes: [attribute(0x8022)] }).subarray(0, 24)],
  ])('%s', (_what, datagram) => {
    expect(answerBinding(datagram, FROM)).toBeUndefined();
  });
});
