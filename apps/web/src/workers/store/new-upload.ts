// What is begun to be uploaded: files that each become a version of their own, as they are remembered and told to the
// server. Encrypts nothing yet.
import { type BeginVersion, LIMITS } from '@ferry/shared';
import { type Bundle, blobBundle } from '@ferry/webrtc-core';
import { exportStripeKey, generateStripeKey } from '@ferry/webrtc-core/erasure';
import type { OutgoingFile, SourceHandle } from '../../adapters/picked-files-contract.ts';
import type { StoreRequest, StoreUpload } from '../../adapters/store-contract.ts';
import { base64url } from '../base64url.ts';
import { streamBytes } from './plain-stream.ts';
import type { UploadContent, UploadRecord } from './store-database.ts';
import { handlesOf } from './upload-files.ts';

/** A version that is to be uploaded: its files, end to end. */
export interface NewUpload extends Pick<StoreUpload, 'versionId' | 'kind' | 'title' | 'itemCount' | 'to'> {
  /** For this version and no other. */
  key: CryptoKey;
  expiresAt: number | null;
  bundle: Bundle;
  handles: readonly SourceHandle[];
  content: BeginVersion['content'];
  sealedPages: readonly string[];
}

/** A file for everybody. */
export async function newFileUpload(
  { path, file }: OutgoingFile,
  { handles, expiresAt }: StoreRequest,
): Promise<NewUpload> {
  const versionId = crypto.randomUUID();
  const key = await generateStripeKey();
  const bundle = blobBundle([{ path, blob: file }]);
  const [entry] = bundle.manifest.entries;
  const title = path.at(-1) ?? file.name;
  const content = {
    ...({ type: 'file', name: title, mediaType: entry!.mediaType } as const),
    modifiedMs: Math.min(LIMITS.latestMs, Math.max(0, file.lastModified)),
    key: base64url(await exportStripeKey(key)),
  };
  const about = { versionId, kind: 'file', title, itemCount: 1, to: null } as const;
  return { ...about, key, expiresAt, bundle, handles, content, sealedPages: [] };
}

/** As it is remembered. */
export function remembered(upload: NewUpload, createdAt: number): { record: UploadRecord; content: UploadContent } {
  const { versionId, kind, title, itemCount, to, key, expiresAt, bundle, handles, content, sealedPages } = upload;
  const { manifest } = bundle;
  const sizeBytes = streamBytes(manifest);
  const isTooLarge = sizeBytes > LIMITS.storeFileBytes;
  const record: UploadRecord = {
    ...{ versionId, kind, title, itemCount, to, key, expiresAt, createdAt, sizeBytes },
    fileCount: manifest.entries.length,
    handles: handlesOf(manifest, handles),
    ...{ isBegun: false, code: null, isPaused: false, safeAt: null },
    failure: isTooLarge ? { code: 'too-large', freeBytes: LIMITS.storeFileBytes } : null,
  };
  return { record, content: { versionId, manifest, content, sealedPages } };
}
