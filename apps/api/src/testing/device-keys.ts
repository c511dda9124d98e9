// The keys of a device, in tests of the server: made and told as a browser does it.
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { type DeviceKeys, deviceKeysText, type PublicKey } from '@ferry/shared';
import type { TestBrowser } from './test-server.ts';

export interface MadeKeys {
  keys: DeviceKeys;
  /** By which receipts are signed. */
  signingKey: KeyObject;
}

export function makeDeviceKeys(deviceId: string): MadeKeys {
  const [signing, agreement] = [keyPair(), keyPair()];
  const text = Buffer.from(deviceKeysText({ deviceId, agreement: agreement.jwk }));
  const signature = sign('sha256', text, { key: signing.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  return {
    keys: { deviceId, signing: signing.jwk, agreement: agreement.jwk, signature },
    signingKey: signing.privateKey,
  };
}

/** Makes and tells them. */
export async function tellKeys(browser: TestBrowser): Promise<MadeKeys> {
  const made = makeDeviceKeys(browser.deviceId);
  await browser.http.devices.putKeys.mutate(made.keys);
  return made;
}

function keyPair() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = publicKey.export({ format: 'jwk' });
  const jwk: PublicKey = { kty: 'EC', crv: 'P-256', x: x!, y: y! };
  return { privateKey, jwk };
}
