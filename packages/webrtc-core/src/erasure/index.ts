// The public list of @ferry/webrtc-core/erasure: files in shards of which any k are enough. Nothing inside this
// package imports it.
export { AlmostWholeStore, almostWholeStores } from './almost-whole-store.ts';
export { ChunkTags, TAG_BYTES } from './chunk-tags.ts';
export { checkCode, MAX_DATA_SHARDS, MAX_PARITY_SHARDS } from './code-rows.ts';
export { type Column, ColumnBundle, type ColumnBundleOptions, type ShardPlace } from './column-bundle.ts';
export { DecodingStore, DecodingStores, type DecodingStoresOptions } from './decoding-store.ts';
export { ErasureError, type ErasureErrorCode } from './erasure-error.ts';
export type { Kernel } from './kernel.ts';
export { loadKernel } from './load-kernel.ts';
export { FilesTarget, type PlainTarget } from './plain-target.ts';
export { rebuildColumns } from './rebuild-columns.ts';
export { RebuildingStore, type RebuildingStoreOptions } from './rebuilding-store.ts';
export { ReedSolomon } from './reed-solomon.ts';
export {
  type EncryptedChunk,
  exportStripeKey,
  generateStripeKey,
  importStripeKey,
  KEY_BYTES,
  StripeCipher,
} from './stripe-cipher.ts';
export { type DecodedStripe, StripeDecoder, type StripeDecoderOptions } from './stripe-decoder.ts';
export { StripeEncoder, type StripeEncoderOptions } from './stripe-encoder.ts';
export { STRIPES_PER_GROUP, type StripedFile, StripeGeometry, type StripePlace } from './stripe-geometry.ts';
export { StripeRejected } from './stripe-rejected.ts';
export { StripeSets } from './stripe-sets.ts';
