// ERROR-CODE (RFC 8489, section 14.8): why a request was refused.

export interface StunError {
  /** 300 to 699, as in HTTP. */
  code: number;
  /** For people; may be empty. */
  reason: string;
}

const MAX_REASON_CHARACTERS = 128;

export function encodeErrorCode({ code, reason }: StunError): Buffer {
  return Buffer.concat([Buffer.from([0, 0, Math.floor(code / 100), code % 100]), Buffer.from(reason)]);
}

/** Undefined when it is none. */
export function decodeErrorCode(value: Buffer): StunError | undefined {
  if (value.length < 4) return undefined;
  const code = (value[2]! & 0x07) * 100 + value[3]!;
  if (code < 300 || code > 699) return undefined;
  return { code, reason: value.subarray(4).toString().slice(0, MAX_REASON_CHARACTERS) };
}
