// What a Binding server answers to a datagram, if anything (RFC 8489, section 6.3). Pure; knows no sockets.
import { encodeErrorCode } from './error-code.ts';
import { addFingerprint, checkFingerprint } from './fingerprint.ts';
import { ATTRIBUTE, decodeMessage, encodeMessage, METHOD, type StunAttribute, type StunMessage } from './message.ts';
import { encodeXorAddress, type TransportAddress } from './xor-address.ts';

/** Requests are 20 to 100 bytes long; nothing that a router may cut in pieces has any business here. */
const MAX_REQUEST_BYTES = 1280;
/** Each costs a request twice the bytes that it adds to the answer. */
const MAX_UNKNOWN = 16;

/** Up to 0x7fff an attribute must be understood, or the request refused. */
const OPTIONAL_FROM = 0x8000;

/** What RFC 8489 itself defines: without authentication there is nothing to do about it. */
const UNDERSTOOD: ReadonlySet<number> = new Set([
  ATTRIBUTE.mappedAddress,
  ATTRIBUTE.username,
  ATTRIBUTE.messageIntegrity,
  ATTRIBUTE.errorCode,
  ATTRIBUTE.unknownAttributes,
  ATTRIBUTE.realm,
  ATTRIBUTE.nonce,
  ATTRIBUTE.messageIntegritySha256,
  ATTRIBUTE.passwordAlgorithm,
  ATTRIBUTE.userhash,
  ATTRIBUTE.xorMappedAddress,
]);

/**
 * Sender addresses can be forged, so an answer is as small as it may be: no software, no reason, no alternate server.
 * @returns undefined for everything but a Binding request: it is dropped
 */
export function answerBinding(datagram: Buffer, from: TransportAddress): Buffer | undefined {
  const request = datagram.length <= MAX_REQUEST_BYTES ? decodeMessage(datagram) : undefined;
  if (request?.class !== 'request' || request.method !== METHOD.binding) return undefined;
  const fingerprint = checkFingerprint(request, datagram);
  if (fingerprint === 'wrong') return undefined;
  const unknown = unknownIn(request);
  const attributes: StunAttribute[] =
    unknown.length > 0
      ? [
          { type: ATTRIBUTE.errorCode, value: encodeErrorCode({ code: 420, reason: '' }) },
          { type: ATTRIBUTE.unknownAttributes, value: encodeTypes(unknown) },
        ]
      : [{ type: ATTRIBUTE.xorMappedAddress, value: encodeXorAddress(from, request.transactionId) }];
  const answer = encodeMessage({ ...request, class: unknown.length > 0 ? 'error' : 'success', attributes });
  return fingerprint === 'right' ? addFingerprint(answer) : answer;
}

/** Attributes after MESSAGE-INTEGRITY are ignored, as its section says: anybody may have added them. */
function unknownIn({ attributes }: StunMessage): number[] {
  const types = attributes.map(({ type }) => type);
  const signedUpTo = types.findIndex(
    (type) => type === ATTRIBUTE.messageIntegrity || type === ATTRIBUTE.messageIntegritySha256,
  );
  const counting = signedUpTo < 0 ? types : types.slice(0, signedUpTo);
  const unknown = counting.filter((type) => type < OPTIONAL_FROM && !UNDERSTOOD.has(type));
  return [...new Set(unknown)].slice(0, MAX_UNKNOWN);
}

function encodeTypes(types: number[]): Buffer {
  const value = Buffer.alloc(types.length * 2);
  types.forEach((type, index) => void value.writeUInt16BE(type, index * 2));
  return value;
}
