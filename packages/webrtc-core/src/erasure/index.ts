// The public list of @ferry/webrtc-core/erasure: files in shards of which any k are enough. Nothing inside this
// package imports it.
export { MAX_DATA_SHARDS, MAX_PARITY_SHARDS } from './code-rows.ts';
export { ErasureError, type ErasureErrorCode } from './erasure-error.ts';
export type { Kernel } from './kernel.ts';
export { loadKernel } from './load-kernel.ts';
export { ReedSolomon } from './reed-solomon.ts';
