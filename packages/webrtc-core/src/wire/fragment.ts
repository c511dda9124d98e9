// The head of a fragment: a frame is a row of fragments, a message is one or more of them. Fragments of
// several messages may interleave, told apart by their slot. Knows nothing of what messages say.
import { ProtocolError } from '../errors.ts';

/** Bits of the first byte; the lower six are the slot. */
const FIRST = 0x80;
const LAST = 0x40;
const SLOT_MASK = 0x3f;

export const SLOT_COUNT = SLOT_MASK + 1;
/** First byte, and two varints of at most four bytes each. */
export const FRAGMENT_HEAD_BYTES = 9;

export interface FragmentHead {
  slot: number;
  first: boolean;
  last: boolean;
  /** Of the whole message; only in a first fragment that is not also the last. */
  messageLength: number;
  /** Of this fragment. None in the middle of a message means: the rest is abandoned. */
  length: number;
}

/** Writes at `at` and returns the offset behind it. */
export function writeFragmentHead(frame: Uint8Array, at: number, head: FragmentHead): number {
  frame[at] = head.slot | (head.first ? FIRST : 0) | (head.last ? LAST : 0);
  let next = at + 1;
  if (head.first && !head.last) next = writeVarint(frame, next, head.messageLength);
  return writeVarint(frame, next, head.length);
}

/** Reads at `at`; `next` is the offset of the fragment's bytes. */
export function readFragmentHead(frame: Uint8Array, at: number): FragmentHead & { next: number } {
  const byte = frame[at]!;
  const first = (byte & FIRST) !== 0;
  const last = (byte & LAST) !== 0;
  const [messageLength, afterTotal] = first && !last ? readVarint(frame, at + 1) : [0, at + 1];
  const [length, next] = readVarint(frame, afterTotal);
  if (next + length > frame.length) throw ProtocolError.malformed('a fragment is longer than its frame');
  return { slot: byte & SLOT_MASK, first, last, messageLength, length, next };
}

function writeVarint(frame: Uint8Array, at: number, value: number): number {
  let rest = value;
  let next = at;
  while (rest >= 0x80) {
    frame[next++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  frame[next++] = rest;
  return next;
}

/** At most four bytes (2^28): frames and messages are far smaller. */
function readVarint(frame: Uint8Array, at: number): [value: number, next: number] {
  let value = 0;
  for (let index = 0; index < 4; index++) {
    const byte = frame[at + index];
    if (byte === undefined) throw ProtocolError.malformed('a frame ends too early');
    value |= (byte & 0x7f) << (7 * index);
    if (byte < 0x80) return [value, at + index + 1];
  }
  throw ProtocolError.malformed('a fragment length is too long');
}
