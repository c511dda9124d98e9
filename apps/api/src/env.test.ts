import { expect, test } from 'vitest';
import { EnvError, readEnv } from './env.ts';

test('nothing set: safe defaults', () => {
  expect(readEnv({})).toMatchObject({
    PORT: 3000,
    HOST: '127.0.0.1',
    DATA_DIR: './data',
    REGISTRATION: 'open',
    TRUST_PROXY: false,
    STORE_USER_QUOTA_GB: 100,
  });
});

test('lists, and empty values', () => {
  const env = readEnv({ STUN_URLS: 'stun:a:1, stun:b:2', PORT: '' });
  expect(env).toMatchObject({ STUN_URLS: ['stun:a:1', 'stun:b:2'], PORT: 3000 });
});

test.each([
  ['false', false],
  ['0', false],
  ['true', 1],
  ['2', 2],
  ['10.0.0.7, fd00::/8', ['10.0.0.7', 'fd00::/8']],
])('TRUST_PROXY=%s believes %j: never everybody', (text, proxies) => {
  expect(readEnv({ TRUST_PROXY: text }).TRUST_PROXY).toEqual(proxies);
});

test.each([
  ['PORT', 'abc'],
  ['PORT', '70000'],
  ['PUBLIC_ORIGIN', 'ferry.example.com'],
  ['PUBLIC_ORIGIN', 'https://ferry.example.com/path'],
  ['STUN_URLS', 'http://example.com'],
  ['TURN_URLS', 'stun:example.com'],
  ['REGISTRATION', 'everybody'],
  ['TRUST_PROXY', 'maybe'],
  ['STUN_PORT', '65535'],
  ['TURN_TTL_S', '0'],
  ['STORE_USER_QUOTA_GB', 'much'],
  ['STORE_USER_QUOTA_GB', '-1'],
  ['STORE_USER_QUOTA_GB', '1000001'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s is refused in a sentence that names it', (name, value) => {
  expect(() => readEnv({ [name]: value })).toThrow(EnvError);
  expect(() => readEnv({ [name]: value })).toThrow(new RegExp(`^Ferry cannot start: ${name} .*"${value}"`));
});

test.each(['TURN_SECRET', 'METRICS_TOKEN'])('a wrong %s is not repeated: the sentence ends in logs', (name) => {
  expect(() => readEnv({ [name]: 'hush' })).toThrow(/^Ferry cannot start: \w+ must be at least 16 characters\.$/);
});

test('TURN needs its secret', () => {
  expect(() => readEnv({ TURN_URLS: 'turn:example.com' })).toThrow(/TURN_SECRET is needed/);
});
