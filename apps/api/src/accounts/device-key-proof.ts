// Whether the keys that a device tells are keys, and were told by one hand: docs/protocol/delivery.md. Knows no accounts.
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { type DeviceKeys, deviceKeysText, type PublicKey } from '@ferry/shared';

export function areKeysProven(keys: DeviceKeys): boolean {
  const signing = publicKeyOf(keys.signing);
  if (!signing || !publicKeyOf(keys.agreement)) return false;
  const signature = Buffer.from(keys.signature, 'base64url');
  // As Web Crypto signs: r and s side by side, not in ASN.1.
  return verify('sha256', Buffer.from(deviceKeysText(keys)), { key: signing, dsaEncoding: 'ieee-p1363' }, signature);
}

/** Undefined when it is no point of the curve. */
function publicKeyOf(jwk: PublicKey): KeyObject | undefined {
  try {
    return createPublicKey({ key: { ...jwk }, format: 'jwk' });
  } catch {
    return undefined;
  }
}
