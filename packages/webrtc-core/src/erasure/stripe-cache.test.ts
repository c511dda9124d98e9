import { expect, test } from 'vitest';
import { EncodedStripe } from './encoded-stripe.ts';
import { StripeCache } from './stripe-cache.ts';

const stripeOf = (stripe: number, bytes: number) => new EncodedStripe(stripe, [new Uint8Array(bytes)]);
const held = (cache: StripeCache) => [0, 1, 2, 3].filter((stripe) => cache.get(stripe));

test('what was used least lately makes room', () => {
  const cache = new StripeCache(30);
  for (const stripe of [0, 1, 2]) cache.add(stripeOf(stripe, 10));
  cache.get(0);
  cache.add(stripeOf(3, 10));
  expect(held(cache)).toEqual([0, 2, 3]);
  expect(cache.heldBytes).toBe(30);
});

test('as many go as are needed, and one that is added again counts once', () => {
  const cache = new StripeCache(30);
  for (const stripe of [0, 1, 2]) cache.add(stripeOf(stripe, 10));
  cache.add(stripeOf(3, 15));
  expect([held(cache), cache.heldBytes]).toEqual([[2, 3], 25]);
  cache.add(stripeOf(3, 15));
  expect([held(cache), cache.heldBytes]).toEqual([[2, 3], 25]);
});

test('a stripe that is larger than all the room is not kept, and drives nothing out', () => {
  const cache = new StripeCache(30);
  cache.add(stripeOf(0, 20));
  cache.add(stripeOf(1, 31));
  expect([held(cache), cache.heldBytes]).toEqual([[0], 20]);
});
