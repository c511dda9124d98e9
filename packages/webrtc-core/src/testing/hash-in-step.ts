// The platform hashes on another thread, in real time, which a manual clock overtakes by hours on a busy machine.
// Here hashing takes that clock's time or none, as a seed says: same seed, same run. Knows no exchange.
import { sha256 } from '@noble/hashes/sha2.js';
import type { Clock } from '../util/clock.ts';
import type { Random } from './random.ts';

/** From now on every chunk that this thread hashes takes less than so much of the clock's time; none when 0. */
export function hashInStep(clock: Clock, random: Random, underMs: number): void {
  crypto.subtle.digest = async (_, data) => {
    const bytes = ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : data;
    const hash = sha256(new Uint8Array(bytes));
    if (underMs > 0) await new Promise<void>((resolve) => clock.after(random.below(underMs), resolve));
    return hash.buffer as ArrayBuffer;
  };
}
