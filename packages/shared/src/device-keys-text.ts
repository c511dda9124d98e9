// What a device signs when it tells its keys, as text: RFC 8785 (JCS) of three fields. Knows no signatures; the bytes are
// in docs/protocol/delivery.md.
import type { DeviceId } from './ids.ts';
import type { PublicKey } from './store-delivery.ts';

/** Nothing else that a device signs can be taken for it. */
const PURPOSE = 'ferry-device-keys';

/**
 * The signing key says which agreement key is this device's, so that nobody can put another one beside it.
 *
 * @returns to be signed as UTF-8
 */
export function deviceKeysText({ deviceId, agreement }: { deviceId: DeviceId; agreement: PublicKey }): string {
  const { kty, crv, x, y } = agreement;
  // In the order of RFC 8785: by name. None of the values has anything that would be escaped.
  return JSON.stringify({ agreement: { crv, kty, x, y }, deviceId, purpose: PURPOSE });
}
