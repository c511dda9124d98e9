// MESSAGE-INTEGRITY with long-term credentials (RFC 8489, sections 9.2.2 and 14.5): who signed a message knows the
// password. Knows no users.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { ATTRIBUTE, appendCovering, coveredBy, offsetOf, type StunMessage } from './message.ts';

const BYTES = 20;

/** SASLprep leaves ASCII as it is, and ours is nothing else. */
export function longTermKey(username: string, realm: string, password: string): Buffer {
  return createHash('md5').update(`${username}:${realm}:${password}`).digest();
}

/** Only a fingerprint may be added after it. */
export function addIntegrity(message: Buffer, key: Buffer): Buffer {
  return appendCovering(message, ATTRIBUTE.messageIntegrity, BYTES, (covered) => sign(covered, key));
}

/** Whether it is signed with this key; what is not signed at all is not. */
export function isSignedWith(key: Buffer, message: StunMessage, bytes: Buffer): boolean {
  const offset = offsetOf(message, ATTRIBUTE.messageIntegrity);
  if (offset === undefined) return false;
  const value = bytes.subarray(offset + 4, offset + 4 + BYTES);
  const expected = sign(coveredBy(bytes, offset, BYTES), key);
  return value.length === BYTES && timingSafeEqual(value, expected);
}

function sign(covered: Buffer, key: Buffer): Buffer {
  return createHmac('sha1', key).update(covered).digest();
}
