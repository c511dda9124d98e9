import { expect, test } from 'vitest';
import { EnvError, readEnv } from './env.ts';

test('nothing set: safe defaults', () => {
  expect(readEnv({})).toMatchObject({
    PORT: 3000,
    HOST: '127.0.0.1',
    DATA_DIR: './data',
    REGISTRATION: 'open',
    TRUST_PROXY: false,
  });
});

test('lists and flags', () => {
  const env = readEnv({ STUN_URLS: 'stun:a:1, stun:b:2', TRUST_PROXY: 'true', PORT: '' });
  expect(env).toMatchObject({ STUN_URLS: ['stun:a:1', 'stun:b:2'], TRUST_PROXY: true, PORT: 3000 });
});

test.each([
  ['PORT', 'abc'],
  ['PORT', '70000'],
  ['PUBLIC_ORIGIN', 'ferry.example.com'],
  ['PUBLIC_ORIGIN', 'https://ferry.example.com/path'],
  ['STUN_URLS', 'http://example.com'],
  ['TURN_URLS', 'stun:example.com'],
  ['TURN_SECRET', 'short'],
  ['REGISTRATION', 'everybody'],
  ['TRUST_PROXY', 'maybe'],
  ['LOG_LEVEL', 'loud'],
])('%s=%s is refused in a sentence that names it', (name, value) => {
  expect(() => readEnv({ [name]: value })).toThrow(EnvError);
  expect(() => readEnv({ [name]: value })).toThrow(new RegExp(`^Ferry cannot start: ${name} .*"${value}"`));
});

test('TURN needs its secret', () => {
  expect(() => readEnv({ TURN_URLS: 'turn:example.com' })).toThrow(/TURN_SECRET is needed/);
});
