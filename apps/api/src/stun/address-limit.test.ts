import { expect, test } from 'vitest';
import { AddressLimit } from './address-limit.ts';

function takeAll(limit: AddressLimit, address: string, nowMs: number): number {
  let taken = 0;
  while (taken < 10_000 && limit.take(address, nowMs)) taken++;
  return taken;
}

test('a burst is answered, then only so many a second', () => {
  const limit = new AddressLimit();
  expect(takeAll(limit, '192.0.2.1', 0)).toBe(200);
  expect(takeAll(limit, '192.0.2.1', 500)).toBe(50);
  expect(takeAll(limit, '192.0.2.1', 3_600_000)).toBe(200);
});

test('addresses do not use up what others have', () => {
  const limit = new AddressLimit();
  takeAll(limit, '192.0.2.1', 0);
  expect(limit.take('192.0.2.2', 0)).toBe(true);
});

test('all addresses of one IPv6 network are one', () => {
  const limit = new AddressLimit();
  takeAll(limit, '2001:db8:1:2::1', 0);
  expect(limit.take('2001:db8:1:2:ffff::9', 0)).toBe(false);
  expect(limit.take('2001:db8:1:3::1', 0)).toBe(true);
});

test('a flood of forged addresses forgets nobody who is over the limit', () => {
  const limit = new AddressLimit(3);
  takeAll(limit, '192.0.2.1', 0);
  for (let index = 0; index < 1000; index++) limit.take(`198.51.100.${index % 250}`, 0);
  expect(limit.take('192.0.2.1', 0)).toBe(false);
});

test('when its room is used up, those who have been quiet for long make way', () => {
  const limit = new AddressLimit(2);
  limit.take('192.0.2.1', 0);
  takeAll(limit, '192.0.2.2', 0);
  expect(limit.take('192.0.2.3', 1)).toBe(false);
  expect(limit.take('192.0.2.3', 10)).toBe(true);
  expect(limit.take('192.0.2.4', 11)).toBe(false);
});
