// Encrypts chunks to data shards of the same length, and back: AES-256-GCM with the tag apart. Knows no stripes' code
// and no files.
import { ContentError } from '../errors.ts';
import { TAG_BYTES } from './chunk-tags.ts';
import { ErasureError } from './erasure-error.ts';
import type { StripePlace } from './stripe-geometry.ts';

const ALGORITHM = 'AES-GCM';
export const KEY_BYTES = 32;
const IV_BYTES = 12;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface EncryptedChunk {
  /** As long as the chunk. */
  readonly shard: Uint8Array<ArrayBuffer>;
  readonly tag: Uint8Array<ArrayBuffer>;
}

/** A key for one version of one file, and never for another: the cipher counts on meeting each place once. */
export function generateStripeKey(): Promise<CryptoKey> {
  return crypto.subtle.generateKey({ name: ALGORITHM, length: KEY_BYTES * 8 }, true, ['encrypt', 'decrypt']);
}

/** @throws ErasureError `length-invalid` */
export async function importStripeKey(bytes: Uint8Array): Promise<CryptoKey> {
  if (bytes.length !== KEY_BYTES) throw ErasureError.lengthInvalid(`a key of ${bytes.length} bytes`);
  return crypto.subtle.importKey('raw', asBuffer(bytes), ALGORITHM, true, ['encrypt', 'decrypt']);
}

export async function exportStripeKey(key: CryptoKey): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.exportKey('raw', key));
}

/**
 * The same key must never encrypt two different chunks at one place: whoever has both shards learns what both chunks
 * have in common, and can forge tags (NIST SP 800-38D, section 8). {@link StripeEncoder} sees to that.
 */
export class StripeCipher {
  readonly #key: CryptoKey;
  readonly #version: Uint8Array<ArrayBuffer>;

  /** `versionId`: the UUID of the file's version, in lower case. @throws RangeError when it is none */
  constructor(key: CryptoKey, versionId: string) {
    this.#key = key;
    this.#version = uuidBytes(versionId);
  }

  async encrypt(place: StripePlace, chunk: Uint8Array): Promise<EncryptedChunk> {
    // Web Crypto puts the tag behind the ciphertext.
    const sealed = new Uint8Array(await crypto.subtle.encrypt(this.#parameters(place), this.#key, asBuffer(chunk)));
    return { shard: sealed.subarray(0, chunk.length), tag: sealed.slice(chunk.length) };
  }

  /** @throws ContentError `chunk-corrupt` when these are not that place's bytes, or the tag is another's */
  async decrypt(place: StripePlace, shard: Uint8Array, tag: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
    const sealed = new Uint8Array(shard.length + TAG_BYTES);
    sealed.set(shard);
    sealed.set(tag, shard.length);
    try {
      return new Uint8Array(await crypto.subtle.decrypt(this.#parameters(place), this.#key, sealed));
    } catch {
      throw ContentError.chunkCorrupt(`column ${place.column} of stripe ${place.stripe} does not have its tag`);
    }
  }

  #parameters({ stripe, column }: StripePlace): AesGcmParams {
    const iv = new DataView(new ArrayBuffer(IV_BYTES));
    iv.setUint32(4, stripe);
    iv.setUint32(8, column);
    return { name: ALGORITHM, iv, additionalData: this.#version, tagLength: TAG_BYTES * 8 };
  }
}

function uuidBytes(uuid: string): Uint8Array<ArrayBuffer> {
  if (!UUID.test(uuid)) throw new RangeError(`Not a UUID: ${uuid}`);
  const hex = uuid.replaceAll('-', '');
  return Uint8Array.from({ length: 16 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}

/** Web Crypto takes no memory that is shared between threads, and nothing of ours is. */
function asBuffer(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>;
}
