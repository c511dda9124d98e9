// What is in a delivery, so that only its recipient can read it: titles, paths, sizes and times, gzip'ed and sealed in pages,
// as docs/protocol/delivery.md has it. Knows no server.
import { LIMITS } from '@ferry/shared';
import { BundleLayout, type Manifest } from '@ferry/webrtc-core';
import * as z from 'zod/mini';
import { contentIdBytes, contentIdText } from '../catalog/content-id-text.ts';
import { uuidBytes } from './delivery-key.ts';

/** With its tag a page fits a request, see {@link LIMITS.storeSealedPageCharacters}. */
const PAGE_BYTES = 32_752;
const TAG_BYTES = 16;
/** As long as a manifest may be that is sent directly. */
const MOST_JSON_BYTES = 64 * 1024 * 1024;
const MOST_ENTRIES = 250_000;
const MOST_SEGMENTS = 64;
const MOST_SEGMENT_CHARACTERS = 1024;

const segmentSchema = z.string().check(z.minLength(1), z.maxLength(MOST_SEGMENT_CHARACTERS));
const entrySchema = z.object({
  path: z.array(segmentSchema).check(z.minLength(1), z.maxLength(MOST_SEGMENTS)),
  sizeBytes: z.int().check(z.minimum(0), z.maximum(LIMITS.storeFileBytes)),
  modifiedMs: z.int().check(z.minimum(-LIMITS.latestMs), z.maximum(LIMITS.latestMs)),
  mediaType: z.string().check(z.maxLength(255)),
});
const deliveredSchema = z.object({
  title: z.string().check(z.maxLength(MOST_SEGMENT_CHARACTERS)),
  itemCount: z.int().check(z.minimum(1), z.maximum(MOST_ENTRIES)),
  entries: z.array(entrySchema).check(z.minLength(1), z.maxLength(MOST_ENTRIES)),
});

export interface DeliveredFiles {
  title: string;
  itemCount: number;
  manifest: Manifest;
}

export interface SealOptions {
  /** The version's. */
  key: CryptoKey;
  versionId: string;
}

/** @throws RangeError when it has more pages than a delivery may */
export async function sealManifest({ title, itemCount, manifest }: DeliveredFiles, by: SealOptions): Promise<string[]> {
  const entries = manifest.entries.map(({ path, sizeBytes, modifiedMs, mediaType }) => {
    return { path, sizeBytes, modifiedMs: Math.trunc(modifiedMs), mediaType };
  });
  const json = new Blob([JSON.stringify({ title, itemCount, entries })]);
  const packed = await new Response(json.stream().pipeThrough(new CompressionStream('gzip'))).bytes();
  const pageCount = Math.ceil(packed.length / PAGE_BYTES);
  if (pageCount > LIMITS.storeSealedPages) throw new RangeError(`a manifest of ${pageCount} pages`);
  const pages = Array.from({ length: pageCount }, async (_, page) => {
    const plain = packed.slice(page * PAGE_BYTES, (page + 1) * PAGE_BYTES);
    return contentIdText(new Uint8Array(await crypto.subtle.encrypt(parametersOf(page, by), by.key, plain)));
  });
  return Promise.all(pages);
}

/** @returns undefined for what is not whole, not sealed with this key, or no manifest of so many bytes */
export async function openManifest(
  pages: readonly string[],
  sizeBytes: number,
  by: SealOptions,
): Promise<DeliveredFiles | undefined> {
  try {
    const plain = await Promise.all(
      pages.map(async (sealed, page) => {
        const bytes = Uint8Array.from(contentIdBytes(sealed));
        return new Uint8Array(await crypto.subtle.decrypt(parametersOf(page, by), by.key, bytes));
      }),
    );
    const { title, itemCount, entries } = deliveredSchema.parse(JSON.parse(await unpacked(new Blob(plain))));
    const manifest = { entries };
    return new BundleLayout(manifest).totalBytes === sizeBytes ? { title, itemCount, manifest } : undefined;
  } catch {
    return undefined;
  }
}

/** Chunks have IVs that begin with four zero bytes: none is ever used twice. */
function parametersOf(page: number, { versionId }: SealOptions): AesGcmParams {
  const iv = new DataView(new ArrayBuffer(12));
  iv.setUint32(0, 0xffff_ffff);
  iv.setBigUint64(4, BigInt(page));
  return { name: 'AES-GCM', iv, additionalData: uuidBytes(versionId), tagLength: TAG_BYTES * 8 };
}

/** A little that unpacks to very much is not read to its end. */
async function unpacked(packed: Blob): Promise<string> {
  const stream = packed.stream().pipeThrough(new DecompressionStream('gzip'));
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const part of stream) {
    bytes += part.length;
    if (bytes > MOST_JSON_BYTES) throw new RangeError('a manifest that unpacks to too much');
    parts.push(part);
  }
  return new Blob(parts).text();
}
