import { expect, test } from 'vitest';
import { sizedLayout } from '../testing/sized-manifest.ts';
import { blobBundle } from './blob-source.ts';
import { CHUNK_BYTES } from './chunk.ts';

const sizes = [CHUNK_BYTES + 3, 0, 5];
const blobs = sizes.map((length, entry) => new Blob([new Uint8Array(length).fill(entry + 1)], { type: 'x/y' }));
const bundle = blobBundle(blobs.map((blob, entry) => ({ path: ['d', `${entry}`], blob, modifiedMs: entry * 1000 })));

test('the manifest says what the blobs are', () => {
  expect(bundle.manifest.entries).toEqual(
    sizes.map((sizeBytes, entry) => ({
      path: ['d', `${entry}`],
      sizeBytes,
      modifiedMs: entry * 1000,
      mediaType: 'x/y',
    })),
  );
});

test('a file’s own time counts where none is given', () => {
  const file = new File(['a'], 'a', { lastModified: 1234 });
  expect(blobBundle([{ path: ['a'], blob: file }]).manifest.entries[0]!.modifiedMs).toBe(1234);
  expect(blobBundle([{ path: ['a'], blob: new Blob(['a']) }]).manifest.entries[0]!.modifiedMs).toBe(0);
});

test('chunks are numbered within what was chosen', async () => {
  const all = bundle.choose([0, 1, 2]);
  const layout = sizedLayout(sizes);
  for (let chunk = 0; chunk < layout.chunkCount; chunk++) {
    const { entry, length } = layout.place(chunk);
    expect(await all.read(chunk)).toEqual(new Uint8Array(length).fill(entry + 1));
  }
  expect(await bundle.choose([1, 2]).read(0)).toEqual(new Uint8Array(5).fill(3));
  expect((await bundle.choose([2, 0]).read(2))[0]).toBe(1);
});

test('a file that cannot be read any more, or is shorter, has changed: the error names it', async () => {
  const gone = new Blob(['abc']);
  gone.slice = () =>
    Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) });
  const shrunk = new Blob(['abc']);
  shrunk.slice = () => new Blob(['ab']);
  for (const blob of [gone, shrunk]) {
    const source = blobBundle([
      { path: ['a'], blob: new Blob(['x']) },
      { path: ['b'], blob },
    ]).choose([0, 1]);
    await expect(source.read(1)).rejects.toMatchObject({ code: 'source-changed', entry: 1 });
  }
});

test('an aborted read is not an answer', async () => {
  await expect(bundle.choose([2]).read(0, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
});
