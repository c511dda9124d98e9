import { generateKeyPairSync, sign } from 'node:crypto';
import { type DeviceKeys, deviceKeysText, type PublicKey } from '@ferry/shared';
import { expect, test } from 'vitest';
import { areKeysProven } from './device-key-proof.ts';

const DEVICE = '0b5c9f53-0f3c-4f6e-9f4e-0c8c1f6f0a11';

function keyPair() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = publicKey.export({ format: 'jwk' });
  const jwk: PublicKey = { kty: 'EC', crv: 'P-256', x: x!, y: y! };
  return { privateKey, jwk };
}

const [signing, agreement] = [keyPair(), keyPair()];

function keysOver(text: string, told: PublicKey = agreement.jwk): DeviceKeys {
  const signature = sign('sha256', Buffer.from(text), { key: signing.privateKey, dsaEncoding: 'ieee-p1363' });
  const encoded = signature.toString('base64url');
  return { deviceId: DEVICE, signing: signing.jwk, agreement: told, signature: encoded };
}

const good = keysOver(deviceKeysText({ deviceId: DEVICE, agreement: agreement.jwk }));

test('the text is the one that the protocol has', () => {
  const { x, y } = agreement.jwk;
  expect(deviceKeysText({ deviceId: DEVICE, agreement: { y, x, crv: 'P-256', kty: 'EC' } })).toBe(
    `{"agreement":{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"},"deviceId":"${DEVICE}","purpose":"ferry-device-keys"}`,
  );
});

test('what Web Crypto signs is taken', async () => {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const text = new TextEncoder().encode(deviceKeysText({ deviceId: DEVICE, agreement: agreement.jwk }));
  const signed = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, text);
  const signature = Buffer.from(signed).toString('base64url');
  const jwk: PublicKey = { kty: 'EC', crv: 'P-256', x: x!, y: y! };
  expect(areKeysProven({ deviceId: DEVICE, signing: jwk, agreement: agreement.jwk, signature })).toBe(true);
});

const ZERO = 'A'.repeat(43);
const NO_POINT: PublicKey = { ...agreement.jwk, y: ZERO };
test.each<[string, Partial<DeviceKeys>]>([
  ['for another device', { deviceId: '0b5c9f53-0f3c-4f6e-9f4e-0c8c1f6f0a12' }],
  ['over another agreement key', { agreement: keyPair().jwk }],
  ['by another key', { signing: keyPair().jwk }],
  ['over something else', keysOver('{"purpose":"ferry-device-keys"}')],
  ['of nothing', { signature: 'A'.repeat(86) }],
  ['with a signing key that is no point of the curve', { signing: { ...signing.jwk, x: ZERO } }],
  [
    'with an agreement key that is no point of the curve',
    keysOver(deviceKeysText({ deviceId: DEVICE, agreement: NO_POINT }), NO_POINT),
  ],
])('a proof %s is none', (_, change) => {
  expect(areKeysProven(good)).toBe(true);
  expect(areKeysProven({ ...good, ...change })).toBe(false);
});
