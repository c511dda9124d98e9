// biome-ignore-all lint/suspicious/noTemplateCurlyInString: so compose writes variables.
import { describe, expect, test } from 'vitest';
import { readEnv } from '../../apps/api/src/env.ts';
import { composeText, readExample, readServices } from './compose-file.ts';
import { variablesIn } from './interpolation.ts';
import { describeServices } from './service-rules.ts';

const SETTINGS = {
  FERRY_HOST: 'ferry.example.com',
  TLS_MODE: 'acme',
  ACME_EMAIL: 'admin@example.com',
  TURN_SECRET: '0123456789abcdef0123456789abcdef',
  TURN_PUBLIC_ADDRESS: '203.0.113.7/10.0.0.5',
  REGISTRATION: 'invite',
};
const services = Object.entries(readServices(SETTINGS));
const ferry = (settings: Record<string, string> = SETTINGS) => readServices(settings).ferry!;

describeServices(services);

test('only Caddy publishes ports, and only the relay is on the host’s network', () => {
  expect(services.filter(([, service]) => service.ports).map(([name]) => name)).toEqual(['caddy']);
  expect(services.filter(([, service]) => service.network_mode).map(([name]) => name)).toEqual(['coturn']);
});

test('the relay’s secret stands nowhere but in .env, and there is no other to fall back on', () => {
  const lines = composeText()
    .split('\n')
    .filter((line) => line.includes('TURN_SECRET:'));
  expect(lines.map((line) => line.trim())).toEqual([
    'TURN_SECRET: ${TURN_SECRET:?set it in .env}',
    'TURN_SECRET: ${TURN_SECRET}',
  ]);
  const { set } = readExample();
  expect(set.TURN_SECRET).toBe('');
});

test('.env.example explains every variable of the file, and no other', () => {
  expect(new Set(readExample().mentioned)).toEqual(new Set(variablesIn(composeText())));
});

test.each(['FERRY_HOST', 'TURN_SECRET', 'TURN_PUBLIC_ADDRESS'])('without %s compose refuses to start', (name) => {
  expect(() => readServices({ ...SETTINGS, [name]: '' })).toThrow(`${name}: set it in .env`);
});

describe.each(['acme', 'files', 'internal'])('with TLS_MODE=%s', (mode) => {
  const { environment } = ferry({ ...SETTINGS, TLS_MODE: mode });

  test('the API knows every variable that it is given, and starts with them', () => {
    const env = readEnv(environment);
    const known = Object.keys(env);
    for (const [name, value] of Object.entries(environment)) if (value !== '') expect(known).toContain(name);
  });

  test('the API hands out a root certificate only where there is an own one', () => {
    expect(readEnv(environment).ROOT_CERTIFICATE).toBe(mode === 'internal' ? '/trust/root.crt' : undefined);
  });
});

test('browsers are sent to the relay by UDP, TCP and TLS, under Ferry’s own name', () => {
  expect(readEnv(ferry().environment)).toMatchObject({
    PUBLIC_ORIGIN: 'https://ferry.example.com',
    STUN_PORT: 0,
    STUN_URLS: ['stun:ferry.example.com:3478', 'stun:ferry.example.com:3479'],
    TURN_URLS: [
      'turn:ferry.example.com:3478?transport=udp',
      'turn:ferry.example.com:3478?transport=tcp',
      'turns:ferry.example.com:5349?transport=tcp',
    ],
  });
});

test('a relay with a name of its own is at port 443, too, and Caddy leaves its address alone', () => {
  const own = { ...SETTINGS, TURN_HOST: 'turn.example.com', FERRY_ADDRESS: '203.0.113.6' };
  const { STUN_URLS, TURN_URLS } = readEnv(ferry(own).environment);
  expect(STUN_URLS).toEqual(['stun:turn.example.com:3478', 'stun:turn.example.com:3479']);
  expect(TURN_URLS).toHaveLength(4);
  expect(TURN_URLS.at(-1)).toBe('turns:turn.example.com:443?transport=tcp');
  expect(readServices(own).caddy!.ports).toEqual(['80:80', '203.0.113.6:443:443']);
  expect(readServices(SETTINGS).caddy!.ports).toEqual(['80:80', '443:443']);
});

test('Caddy and the relay are given what they know', () => {
  const { caddy, coturn } = readServices(SETTINGS);
  expect(caddy!.environment).not.toHaveProperty('TURN_SECRET');
  expect(coturn!.environment).toMatchObject({ FERRY_HOST: 'ferry.example.com', TURN_HOST: '', TLS_MODE: 'acme' });
});
