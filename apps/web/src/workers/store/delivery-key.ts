// A version's key on its way to the devices of one person: wrapped for each by its agreement key, as
// docs/protocol/delivery.md has it. Knows no server and no content.
import { type DeviceKeys, deviceKeysText, type PublicKey, type WrappedKey } from '@ferry/shared';
import { contentIdBytes, contentIdText } from '../catalog/content-id-text.ts';

const AGREEMENT = { name: 'ECDH', namedCurve: 'P-256' };
const SIGNING = { name: 'ECDSA', namedCurve: 'P-256' };
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' };
const PURPOSE = 'ferry-delivery-key';
const SECRET_BITS = 256;
const IV_BYTES = 12;
/** Uncompressed: 0x04, x and y. */
const PUBLIC_KEY_BYTES = 65;
const WRAPPED_BYTES = PUBLIC_KEY_BYTES + 48;

/** Whether one hand made both keys and this device id. */
export async function areProven(keys: DeviceKeys): Promise<boolean> {
  try {
    const signing = await crypto.subtle.importKey('jwk', jwkOf(keys.signing), SIGNING, false, ['verify']);
    const text = new TextEncoder().encode(deviceKeysText(keys));
    return await crypto.subtle.verify(SIGNATURE, signing, contentIdBytes(keys.signature) as BufferSource, text);
  } catch {
    // Points that are not on the curve are no keys.
    return false;
  }
}

/** @param key the version's, raw */
export async function wrapKey(
  key: Uint8Array<ArrayBuffer>,
  { deviceId, agreement }: DeviceKeys,
  versionId: string,
): Promise<WrappedKey> {
  const ephemeral = await crypto.subtle.generateKey(AGREEMENT, true, ['deriveBits']);
  const theirs = await crypto.subtle.importKey('jwk', jwkOf(agreement), AGREEMENT, false, []);
  const wrapping = await wrappingKey(ephemeral.privateKey, theirs, { versionId, deviceId });
  const sealed = await crypto.subtle.encrypt(NO_IV, wrapping, key);
  const ours = await crypto.subtle.exportKey('raw', ephemeral.publicKey);
  const wrapped = new Uint8Array(WRAPPED_BYTES);
  wrapped.set(new Uint8Array(ours));
  wrapped.set(new Uint8Array(sealed), PUBLIC_KEY_BYTES);
  return { deviceId, wrapped: contentIdText(wrapped) };
}

/** @returns the version's key, raw; undefined for what was not wrapped for these keys, this device and this version */
export async function unwrapKey(
  wrapped: string,
  privateKey: CryptoKey,
  ids: { versionId: string; deviceId: string },
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const bytes = Uint8Array.from(contentIdBytes(wrapped));
    if (bytes.length !== WRAPPED_BYTES) return undefined;
    const theirs = await crypto.subtle.importKey('raw', bytes.slice(0, PUBLIC_KEY_BYTES), AGREEMENT, false, []);
    const wrapping = await wrappingKey(privateKey, theirs, ids);
    return new Uint8Array(await crypto.subtle.decrypt(NO_IV, wrapping, bytes.slice(PUBLIC_KEY_BYTES)));
  } catch {
    return undefined;
  }
}

/** A wrapping key is used once. */
const NO_IV = { name: 'AES-GCM', iv: new Uint8Array(IV_BYTES) };

async function wrappingKey(
  privateKey: CryptoKey,
  publicKey: CryptoKey,
  { versionId, deviceId }: { versionId: string; deviceId: string },
): Promise<CryptoKey> {
  const secret = await crypto.subtle.deriveBits({ name: AGREEMENT.name, public: publicKey }, privateKey, SECRET_BITS);
  const master = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const info = new Uint8Array([...new TextEncoder().encode(PURPOSE), ...uuidBytes(versionId), ...uuidBytes(deviceId)]);
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info };
  return crypto.subtle.deriveKey(derivation, master, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** Its 16 bytes in the order of its text. */
export function uuidBytes(uuid: string): Uint8Array<ArrayBuffer> {
  const hex = uuid.replaceAll('-', '');
  return Uint8Array.from({ length: 16 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}

function jwkOf({ kty, crv, x, y }: PublicKey): JsonWebKey {
  return { kty, crv, x, y };
}
