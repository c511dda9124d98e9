// FINGERPRINT (RFC 8489, section 14.7): tells STUN from whatever else arrives at the same port. Proves nothing else.
import { crc32 } from 'node:zlib';
import { ATTRIBUTE, appendCovering, coveredBy, offsetOf, type StunMessage } from './message.ts';

/** ASCII for `STUN`: other protocols end in a CRC-32, too. */
const XOR = 0x5354554e;
const BYTES = 4;

/** Nothing may be added after it. */
export function addFingerprint(message: Buffer): Buffer {
  return appendCovering(message, ATTRIBUTE.fingerprint, BYTES, fingerprintOf);
}

/** `missing` when there is none; one that is not the last attribute is `wrong`. */
export function checkFingerprint(message: StunMessage, bytes: Buffer): 'right' | 'wrong' | 'missing' {
  const offset = offsetOf(message, ATTRIBUTE.fingerprint);
  if (offset === undefined) return 'missing';
  const { type, value } = message.attributes.at(-1)!;
  const isLast = type === ATTRIBUTE.fingerprint && offset === bytes.length - BYTES - 4;
  return isLast && value.equals(fingerprintOf(coveredBy(bytes, offset, BYTES))) ? 'right' : 'wrong';
}

function fingerprintOf(covered: Buffer): Buffer {
  const value = Buffer.alloc(BYTES);
  value.writeUInt32BE((crc32(covered) ^ XOR) >>> 0);
  return value;
}
