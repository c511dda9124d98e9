import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ipBytes, ipText } from './ip-bytes.ts';
import { decodeXorAddress, encodeXorAddress } from './xor-address.ts';

const ip = fc.oneof(
  fc.ipV4(),
  fc.ipV6().map((text) => ipText(ipBytes(text)!)),
);
const transactionId = fc.uint8Array({ minLength: 12, maxLength: 12 }).map((bytes) => Buffer.from(bytes));

test('any address and port are the same after encoding and decoding', () => {
  fc.assert(
    fc.property(ip, fc.nat(65_535), transactionId, (address, port, id) => {
      expect(decodeXorAddress(encodeXorAddress({ address, port }, id), id)).toEqual({ address, port });
    }),
  );
});

test('any bytes are decoded to an address or to none, but never throw', () => {
  const lengths = fc
    .constantFrom(0, 4, 8, 12, 20)
    .chain((length) => fc.uint8Array({ minLength: length, maxLength: length }));
  fc.assert(fc.property(lengths, transactionId, (bytes, id) => void decodeXorAddress(Buffer.from(bytes), id)));
});

test.each([
  ['::', '00000000000000000000000000000000'],
  ['::1', '00000000000000000000000000000001'],
  ['2001:db8::', '20010db8000000000000000000000000'],
  ['2001:db8::8:0:1', '20010db8000000000000000800000001'],
  ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
  ['::ffff:192.0.2.1', '00000000000000000000ffffc0000201'],
  ['fe80::1%eth0', 'fe800000000000000000000000000001'],
  ['192.0.2.1', 'c0000201'],
])('%s has the bytes %s', (text, bytes) => {
  expect(ipBytes(text)?.toString('hex')).toBe(bytes);
});

test.each(['', 'localhost', '192.0.2', '2001:db8:::1', '1:2:3:4:5:6:7'])('"%s" is no address', (text) => {
  expect(ipBytes(text)).toBeUndefined();
});
