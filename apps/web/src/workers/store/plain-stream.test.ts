import { blobBundle } from '@ferry/webrtc-core';
import { seededRandom } from '@ferry/webrtc-core/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64url } from '../base64url.ts';
import { PlainStream } from './plain-stream.ts';

const MIB = 1024 * 1024;

async function digest(bytes: Uint8Array): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)));
}

function streamOf(files: readonly Uint8Array[]): PlainStream {
  const blobs = files.map((bytes) => new Blob([bytes as Uint8Array<ArrayBuffer>]));
  return new PlainStream(blobBundle(blobs.map((blob, index) => ({ path: [`${index}`], blob }))));
}

test('its chunks are the files end to end, whatever their sizes', async () => {
  const sizes = fc.array(fc.oneof(fc.constant(0), fc.nat(3 * MIB), fc.constant(MIB)), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(sizes, fc.integer(), async (lengths, seed) => {
      const random = seededRandom(seed);
      const files = lengths.map((length) => random.bytes(length));
      const stream = streamOf(files);
      const chunkCount = Math.ceil(stream.sizeBytes / MIB);
      const chunks = await Promise.all(Array.from({ length: chunkCount }, (_, chunk) => stream.read(chunk)));
      expect(chunks.slice(0, -1).every(({ length }) => length === MIB)).toBe(true);
      const all = async (parts: readonly Uint8Array[]) =>
        new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer());
      expect(await digest(await all(chunks))).toBe(await digest(await all(files)));
    }),
    { numRuns: 25 },
  );
});

test('there is nothing beyond the end', async () => {
  await expect(streamOf([new Uint8Array(5)]).read(1)).rejects.toThrow(RangeError);
  await expect(streamOf([new Uint8Array(0)]).read(0)).rejects.toThrow(RangeError);
});
