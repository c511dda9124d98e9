import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportStripeKey, generateStripeKey, importStripeKey, StripeCipher } from './stripe-cipher.ts';

const VERSION = '01234567-89ab-4cde-8f01-23456789abcd';
const OTHER_VERSION = '01234567-89ab-4cde-8f01-23456789abce';
const corrupt = expect.objectContaining({ name: 'ContentError', code: 'chunk-corrupt' });

const key = await generateStripeKey();
const cipher = new StripeCipher(key, VERSION);

test('a shard is as long as its chunk, and comes back as the chunk', async () => {
  const index = fc.integer({ min: 0, max: 0xffff_ffff });
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), index, index, async (chunk, stripe, column) => {
      const { shard, tag } = await cipher.encrypt({ stripe, column }, chunk);
      expect([shard.length, tag.length]).toEqual([chunk.length, 16]);
      expect(await cipher.decrypt({ stripe, column }, shard, tag)).toEqual(chunk);
    }),
  );
});

test('a key that was exported and imported is the same', async () => {
  const bytes = await exportStripeKey(key);
  expect(bytes.length).toBe(32);
  const again = new StripeCipher(await importStripeKey(bytes), VERSION);
  const place = { stripe: 7, column: 3 };
  const chunk = new Uint8Array(100).fill(1);
  expect(await again.encrypt(place, chunk)).toEqual(await cipher.encrypt(place, chunk));
});

test('the same chunk in another place, version or key is another shard', async () => {
  const chunk = new Uint8Array(40);
  const others = await Promise.all([
    cipher.encrypt({ stripe: 1, column: 2 }, chunk),
    cipher.encrypt({ stripe: 2, column: 1 }, chunk),
    cipher.encrypt({ stripe: 258, column: 2 }, chunk),
    cipher.encrypt({ stripe: 1, column: 258 }, chunk),
    new StripeCipher(await generateStripeKey(), VERSION).encrypt({ stripe: 1, column: 2 }, chunk),
  ]);
  expect(new Set(others.map(({ shard }) => shard.join())).size).toBe(others.length);
});

test('one bit, another place, another version, another key: none has the tag', async () => {
  const place = { stripe: 1, column: 2 };
  const { shard, tag } = await cipher.encrypt(place, new Uint8Array(40).fill(3));
  const flipped = (bytes: Uint8Array) => bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte));
  await expect(cipher.decrypt(place, flipped(shard), tag)).rejects.toThrow(corrupt);
  await expect(cipher.decrypt(place, shard, flipped(tag))).rejects.toThrow(corrupt);
  await expect(cipher.decrypt(place, shard.subarray(1), tag)).rejects.toThrow(corrupt);
  await expect(cipher.decrypt({ stripe: 2, column: 2 }, shard, tag)).rejects.toThrow(corrupt);
  await expect(cipher.decrypt({ stripe: 1, column: 1 }, shard, tag)).rejects.toThrow(corrupt);
  await expect(new StripeCipher(key, OTHER_VERSION).decrypt(place, shard, tag)).rejects.toThrow(corrupt);
  const otherKey = new StripeCipher(await generateStripeKey(), VERSION);
  await expect(otherKey.decrypt(place, shard, tag)).rejects.toThrow(corrupt);
});

test.each(['', VERSION.toUpperCase(), `${VERSION}0`, VERSION.replaceAll('-', '')])('%j is no version', (id) => {
  expect(() => new StripeCipher(key, id)).toThrow(RangeError);
});

test.each([0, 16, 31, 33])('%i bytes are no key', async (length) => {
  await expect(importStripeKey(new Uint8Array(length))).rejects.toThrow(
    expect.objectContaining({ code: 'length-invalid' }),
  );
});
