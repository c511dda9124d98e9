import { expect, test } from 'vitest';
import { mayReadMetrics } from './access.ts';

test.each([
  ['127.0.0.1', true],
  ['127.8.9.10', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['10.0.0.1', false],
  ['::ffff:10.0.0.1', false],
  ['fe80::1', false],
  ['128.0.0.1', false],
  ['', false],
  [undefined, false],
])('without a token, whoever connects from %s may read: %s', (socketAddress, may) => {
  expect(mayReadMetrics({ socketAddress, headers: {} }, undefined)).toBe(may);
});

test.each(['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'])(
  'a proxy on this computer that adds %s may not',
  (name) => {
    expect(mayReadMetrics({ socketAddress: '127.0.0.1', headers: { [name]: '' } }, undefined)).toBe(false);
  },
);

const TOKEN = 'a token of some length';
test.each([
  [`Bearer ${TOKEN}`, true],
  [`bearer ${TOKEN}`, false],
  [`Bearer ${TOKEN} `, false],
  [`Bearer ${TOKEN.slice(0, -1)}`, false],
  [TOKEN, false],
  [undefined, false],
])('with a token, %j opens: %s, from wherever', (authorization, may) => {
  const headers = authorization === undefined ? {} : { authorization };
  expect(mayReadMetrics({ socketAddress: '127.0.0.1', headers }, TOKEN)).toBe(may);
  expect(mayReadMetrics({ socketAddress: '203.0.113.9', headers: { ...headers, via: '1.1 proxy' } }, TOKEN)).toBe(may);
});
