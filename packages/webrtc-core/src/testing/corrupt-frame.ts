// Flips one bit of chunk data in a frame, as a source with faulty memory would send it. Knows fragments,
// so that only data is hit: a flipped length or id is a protocol error, which has tests of its own.
import { readFragmentHead } from '../wire/fragment.ts';
import type { Random } from './random.ts';

/** Slot 0 carries control messages. */
const CONTROL_SLOT = 0;
/** Tag, transfer id, index and hash of a chunk message end before this. */
const CHUNK_HEAD_BYTES = 64;

/** Returns false when the frame holds no chunk data to hit. */
export function corruptFrame(frame: Uint8Array, random: Random): boolean {
  const targets: { from: number; count: number }[] = [];
  for (let at = 0; at < frame.length; ) {
    const { slot, next, length } = readFragmentHead(frame, at);
    const count = length - CHUNK_HEAD_BYTES;
    if (slot !== CONTROL_SLOT && count > 0) targets.push({ from: next + CHUNK_HEAD_BYTES, count });
    at = next + length;
  }
  const target = targets[random.below(targets.length)];
  if (!target) return false;
  frame[target.from + random.below(target.count)]! ^= 1 << random.below(8);
  return true;
}
