import type { Manifest } from '@ferry/webrtc-core';
import { describe, expect, test } from 'vitest';
import type { OutgoingFile } from '../adapters/engine-contract.ts';
import { areReopenable, chosenBundle } from './source-files.ts';

const WHEN = 1_700_000_000_000;
function announced(...paths: string[]): Manifest {
  return {
    entries: paths.map((path) => ({ path: path.split('/'), sizeBytes: 3, modifiedMs: WHEN, mediaType: '' })),
  };
}
function chosen(path: string, { content = 'abc', lastModified = WHEN } = {}): OutgoingFile {
  const segments = path.split('/');
  return { path: segments, file: new File([content], segments.at(-1)!, { lastModified }) };
}
const all = ({ entries }: Manifest) => new Set(entries);
async function text(result: ReturnType<typeof chosenBundle>, entries: number[]): Promise<string[]> {
  if (!('manifest' in result)) throw new Error(JSON.stringify(result));
  const source = result.choose(entries);
  return Promise.all(entries.map(async (_, chunk) => new TextDecoder().decode(await source.read(chunk))));
}

describe('chosenBundle', () => {
  test('takes files that have the path, size and time that were announced', async () => {
    const manifest = announced('a.txt', 'b.txt');
    const bundle = chosenBundle(manifest, all(manifest), [chosen('b.txt', { content: 'BBB' }), chosen('a.txt')]);
    expect(await text(bundle, [0, 1])).toEqual(['abc', 'BBB']);
  });

  test.each([
    ['another size', chosen('a.txt', { content: 'abcd' }), { differs: 'a.txt' }],
    ['another time', chosen('a.txt', { lastModified: WHEN + 1 }), { differs: 'a.txt' }],
  ])('refuses %s, and names it', (_, file, refusal) => {
    const manifest = announced('a.txt');
    expect(chosenBundle(manifest, all(manifest), [file])).toEqual(refusal);
  });

  test('says which one is missing, unless it is not needed', async () => {
    const manifest = announced('a.txt', 'b.txt');
    expect(chosenBundle(manifest, all(manifest), [chosen('a.txt')])).toEqual({ missing: 'b.txt' });
    const bundle = chosenBundle(manifest, new Set(manifest.entries.slice(0, 1)), [chosen('a.txt')]);
    expect(await text(bundle, [0])).toEqual(['abc']);
  });

  test('knows a folder that was sent under another name, and a file that came out of a folder', async () => {
    const folder = announced('Press (2)/a.txt', 'Press (2)/raw/b.txt');
    const files = [chosen('Press/a.txt'), chosen('Press/raw/b.txt', { content: 'BBB' })];
    expect(await text(chosenBundle(folder, all(folder), files), [0, 1])).toEqual(['abc', 'BBB']);
    const single = announced('Press/a.txt');
    expect(await text(chosenBundle(single, all(single), [chosen('a.txt')]), [0])).toEqual(['abc']);
  });
});

test('a send survives a reload when each of its items can be opened again', () => {
  const manifest = announced('a.txt', 'Press/b.txt');
  const handle = (name: string) => ({ name, handle: {} as FileSystemHandle });
  expect(areReopenable(manifest, [handle('a.txt'), handle('Press')])).toBe(true);
  expect(areReopenable(manifest, [handle('a.txt')])).toBe(false);
});
