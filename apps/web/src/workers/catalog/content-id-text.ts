// Content ids as the catalog writes them, base64url without padding, and as the core has them, bytes. Knows nothing of
// what they stand for.
import type { ContentId } from '@ferry/shared';
import { base64url, base64urlBytes } from '../base64url.ts';

export function contentIdText(bytes: Uint8Array): ContentId {
  return base64url(bytes);
}

/** @param text a valid content id */
export function contentIdBytes(text: ContentId): Uint8Array {
  return base64urlBytes(text);
}
