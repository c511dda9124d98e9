// Where things stand in the memory of the WebAssembly kernels. It never grows: shards pass through it block by block.
import { MAX_INPUTS, MAX_OUTPUTS } from './kernel.ts';

/** The products of one coefficient with the sixteen low halves of a byte, then with the sixteen high ones. */
export const COEFFICIENT_BYTES = 32;
/** What the kernels compute at a time: two vectors of 128 bits. */
export const STEP_BYTES = 32;
/** Outputs that are summed up in one pass over the inputs; more do not find room in sixteen registers. */
export const ROWS_A_PASS = 4;

export const TABLES_AT = 0;
export const BLOCKS_AT = TABLES_AT + MAX_INPUTS * MAX_OUTPUTS * COEFFICIENT_BYTES;
/** For blocks of all inputs and outputs together: half of a common processor's second cache. */
const BLOCKS_BYTES = 1024 * 1024;
/** Longer ones gain nothing more, measured; docs/performance.md. */
const MOST_BLOCK_BYTES = 16 * 1024;

export const MEMORY_PAGES = (BLOCKS_AT + BLOCKS_BYTES) / (64 * 1024);

/** How much of each of so many shards is in the memory at a time. */
export function blockBytes(shardCount: number): number {
  const steps = Math.floor(BLOCKS_BYTES / shardCount / STEP_BYTES);
  return Math.min(MOST_BLOCK_BYTES, steps * STEP_BYTES);
}
