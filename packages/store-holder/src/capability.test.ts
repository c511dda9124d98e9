import type { CapabilityClaims } from '@ferry/shared';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { CapabilityChecker } from './capability.ts';

const HERE = '0b1e2a54-6f8d-4b6a-9d5e-3c1f7a9b8c01';
const THERE = '5c0d5f0a-6d9e-4a0b-8a53-9a0f3f1c2d02';
const SHARE = 'c3a1f6de-2b7a-4c4b-b8a0-7d5e1f2a3b03';
const USER = '7f3b9d1c-8e6a-4f2d-9c1b-2a4e6f8d0b04';

let key: CryptoKeyPair;
let otherKey: CryptoKeyPair;
beforeAll(async () => {
  key = (await generateKeyPair('ES256', { extractable: true })) as CryptoKeyPair;
  otherKey = (await generateKeyPair('ES256', { extractable: true })) as CryptoKeyPair;
});

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

async function signed(change: Partial<Record<keyof CapabilityClaims, unknown>> = {}, { by = key } = {}) {
  const claims = { iss: 'ferry', exp: inSeconds(300), sub: USER, device: THERE, aud: HERE, share: SHARE, ...change };
  return new SignJWT(claims as JWTPayload).setProtectedHeader({ alg: 'ES256' }).sign(by.privateKey);
}

async function published({ publicKey }: CryptoKeyPair) {
  const { x, y } = await exportJWK(publicKey);
  return { jwk: { kty: 'EC', crv: 'P-256', x: x!, y: y! } as const };
}

/** The server's key at each asking, the last one from then on. */
function checker(...keys: (CryptoKeyPair | 'unreachable')[]) {
  const asked: number[] = [];
  const fetchKey = async () => {
    const current = keys[Math.min(asked.length, keys.length - 1)]!;
    asked.push(asked.length);
    if (current === 'unreachable') throw new Error('unreachable');
    return published(current);
  };
  return { asked, check: new CapabilityChecker({ deviceId: HERE, fetchKey }) };
}

describe('a capability', () => {
  test('that the server signed for these two devices tells its claims', async () => {
    const { check, asked } = checker(key);
    const claims = { iss: 'ferry', sub: USER, device: THERE, aud: HERE, share: SHARE };
    expect(await check.check(await signed(), THERE)).toMatchObject(claims);
    expect(await check.check(await signed(), THERE)).toMatchObject(claims);
    expect(asked).toHaveLength(1);
  });

  test('may have expired a moment ago, because clocks differ', async () => {
    expect(await checker(key).check.check(await signed({ exp: inSeconds(-30) }), THERE)).toMatchObject({ sub: USER });
  });

  test('that has expired can be made anew', async () => {
    expect(await checker(key).check.check(await signed({ exp: inSeconds(-120) }), THERE)).toBe('expired');
  });

  test.each<[string, Partial<Record<keyof CapabilityClaims, unknown>>]>([
    ['for another device that serves', { aud: THERE }],
    ['for another device that asks', { device: HERE }],
    ['by somebody else', { iss: 'mallory' }],
    ['without an end', { exp: undefined }],
    ['for nobody', { sub: undefined }],
    ['for a share that is none', { share: '../etc' }],
    ['for contents that are none', { contents: [{ shareIds: [SHARE], contentIds: ['x'] }] }],
    ['for contents wherever they came from', { contents: ['A'.repeat(43)] }],
    ['for contents by no share', { contents: [{ shareIds: [], contentIds: ['A'.repeat(43)] }] }],
  ])('%s opens nothing', async (_, change) => {
    expect(await checker(key).check.check(await signed(change), THERE)).toBe('not-found');
  });

  test('that somebody else signed opens nothing, even an expired one', async () => {
    const { check } = checker(key);
    expect(await check.check(await signed({}, { by: otherKey }), THERE)).toBe('not-found');
    expect(await check.check(await signed({ exp: inSeconds(-120) }, { by: otherKey }), THERE)).toBe('not-found');
  });

  test('with no signature, or another kind of one, opens nothing', async () => {
    const { check } = checker(key);
    const [header, payload] = (await signed()).split('.');
    const none = btoa('{"alg":"none"}').replaceAll('=', '');
    const secret = new TextEncoder().encode(JSON.stringify(await published(key)));
    const symmetric = await new SignJWT({ iss: 'ferry', sub: USER, device: THERE, aud: HERE, exp: inSeconds(300) })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(secret);
    for (const forged of [`${none}.${payload}.`, `${header}.${payload}.`, symmetric, 'x', '', `${header}.${payload}`]) {
      expect(await check.check(forged, THERE)).toBe('not-found');
    }
  });
});

describe('the server’s key', () => {
  test('is fetched anew when a signature does not verify', async () => {
    const { check, asked } = checker(otherKey, key);
    // As if it had been fetched long ago.
    const clock = Date.now;
    Date.now = () => clock() - 120_000;
    await check.check(await signed({}, { by: otherKey }), THERE);
    Date.now = clock;
    expect(await check.check(await signed(), THERE)).toMatchObject({ sub: USER });
    expect(asked).toHaveLength(2);
  });

  test('is not asked for again and again by forgeries', async () => {
    const { check, asked } = checker(key);
    for (let count = 0; count < 5; count++) await check.check(await signed({}, { by: otherKey }), THERE);
    expect(asked).toHaveLength(1);
  });

  test('may be out of reach: whoever asks shall come back', async () => {
    const { check } = checker('unreachable', key);
    expect(await check.check(await signed(), THERE)).toBe('unreadable');
    expect(await check.check(await signed(), THERE)).toMatchObject({ sub: USER });
  });
});
