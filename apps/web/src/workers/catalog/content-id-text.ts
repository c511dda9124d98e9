// Content ids as the catalog writes them, base64url without padding (RFC 4648, section 5), and as the core has them,
// bytes. Knows nothing of what they stand for.
import type { ContentId } from '@ferry/shared';

export function contentIdText(bytes: Uint8Array): ContentId {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** @param text a valid content id */
export function contentIdBytes(text: ContentId): Uint8Array {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
