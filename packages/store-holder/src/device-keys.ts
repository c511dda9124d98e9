// The two key pairs of a device: made once, kept by the application, told as docs/protocol/delivery.md has it. Signs nothing
// but what says that both are this device's.
import { type DeviceKeys, deviceKeysText, type PublicKey } from '@ferry/shared';
import { base64url } from 'jose';

export interface DeviceKeyPairs {
  /** Signs receipts, and says which agreement key is this device's. */
  readonly signing: CryptoKeyPair;
  /** Keys of versions are wrapped for it. */
  readonly agreement: CryptoKeyPair;
}

/** For where keys are kept as text, under lock by other means. */
export interface ExportedDeviceKeys {
  readonly signing: JsonWebKey;
  readonly agreement: JsonWebKey;
}

const SIGNING = { name: 'ECDSA', namedCurve: 'P-256' };
const AGREEMENT = { name: 'ECDH', namedCurve: 'P-256' };
export const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' };

/** @param options.extractable only for whoever cannot keep keys that are not */
export async function makeDeviceKeys({ extractable = false } = {}): Promise<DeviceKeyPairs> {
  const [signing, agreement] = await Promise.all([
    crypto.subtle.generateKey(SIGNING, extractable, ['sign', 'verify']),
    crypto.subtle.generateKey(AGREEMENT, extractable, ['deriveBits']),
  ]);
  return { signing, agreement };
}

export async function exportDeviceKeys({ signing, agreement }: DeviceKeyPairs): Promise<ExportedDeviceKeys> {
  const [signingKey, agreementKey] = await Promise.all([
    crypto.subtle.exportKey('jwk', signing.privateKey),
    crypto.subtle.exportKey('jwk', agreement.privateKey),
  ]);
  return { signing: signingKey, agreement: agreementKey };
}

/** @throws what Web Crypto throws for what is no such key */
export async function importDeviceKeys({ signing, agreement }: ExportedDeviceKeys): Promise<DeviceKeyPairs> {
  return {
    signing: {
      privateKey: await crypto.subtle.importKey('jwk', jwkOf(signing), SIGNING, false, ['sign']),
      publicKey: await crypto.subtle.importKey('jwk', publicOf(signing), SIGNING, true, ['verify']),
    },
    agreement: {
      privateKey: await crypto.subtle.importKey('jwk', jwkOf(agreement), AGREEMENT, false, ['deriveBits']),
      publicKey: await crypto.subtle.importKey('jwk', publicOf(agreement), AGREEMENT, true, []),
    },
  };
}

/** As the server and other devices are told them. */
export async function publicDeviceKeys(deviceId: string, { signing, agreement }: DeviceKeyPairs): Promise<DeviceKeys> {
  const keys = {
    deviceId,
    signing: publicOf(await crypto.subtle.exportKey('jwk', signing.publicKey)),
    agreement: publicOf(await crypto.subtle.exportKey('jwk', agreement.publicKey)),
  };
  const text = new TextEncoder().encode(deviceKeysText(keys));
  const signature = await crypto.subtle.sign(SIGNATURE, signing.privateKey, text);
  return { ...keys, signature: base64url.encode(new Uint8Array(signature)) };
}

/** Of a private or a public one; what else a JWK says is for whoever made it. */
function publicOf({ x = '', y = '' }: JsonWebKey): PublicKey {
  return { kty: 'EC', crv: 'P-256', x, y };
}

function jwkOf(key: JsonWebKey): JsonWebKey {
  return { ...publicOf(key), ...(key.d === undefined ? {} : { d: key.d }) };
}
