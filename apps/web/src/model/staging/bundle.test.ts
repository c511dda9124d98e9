import { describe, expect, test } from 'vitest';
import { bundleOf, distinctNames } from './bundle.ts';
import { stagedFile, stagedFolder, stagedFromFiles } from './staged-item.ts';

const file = (name: string, size = 1) => new File([new Uint8Array(size)], name);
function inFolder(path: string): File {
  const made = file(path.split('/').at(-1)!);
  Object.defineProperty(made, 'webkitRelativePath', { value: path });
  return made;
}

describe('distinctNames', () => {
  test.each([
    [
      ['a.txt', 'b.txt'],
      ['a.txt', 'b.txt'],
    ],
    [
      ['a.txt', 'A.TXT', 'a.txt'],
      ['a.txt', 'A (2).TXT', 'a (3).txt'],
    ],
    [
      ['a.txt', 'a (2).txt', 'a.txt'],
      ['a.txt', 'a (2).txt', 'a (3).txt'],
    ],
    [
      ['.env', '.env', 'notes', 'notes'],
      ['.env', '.env (2)', 'notes', 'notes (2)'],
    ],
  ])('%j', (names, distinct) => expect(distinctNames(names)).toEqual(distinct));
});

describe('bundleOf', () => {
  test('is titled by its first item that has files', () => {
    const items = [stagedFolder('empty', []), stagedFile(file('a.txt')), stagedFile(file('b.txt'))];
    expect(bundleOf(items)).toMatchObject({ title: 'a.txt', itemCount: 2 });
  });

  test('files of a folder go in the order people read them', () => {
    const pages = ['10.png', '9.png', '1.png'].map((name) => ({ path: ['scan', name], file: file(name) }));
    expect(bundleOf([stagedFolder('scan', pages)]).files.map(({ path }) => path[1])).toEqual([
      '1.png',
      '9.png',
      '10.png',
    ]);
  });

  test('a folder taken twice keeps both trees', () => {
    const tree = () => stagedFolder('Press', [{ path: ['Press', 'raw', 'a.jpg'], file: file('a.jpg') }]);
    expect(bundleOf([tree(), tree()]).files.map(({ path }) => path.join('/'))).toEqual([
      'Press/raw/a.jpg',
      'Press (2)/raw/a.jpg',
    ]);
  });
});

test('handles go by the name that their item has in the bundle', () => {
  const handle = (name: string) => ({ name }) as FileSystemHandle;
  const items = [
    { ...stagedFile(file('a.txt')), handle: handle('first') },
    stagedFile(file('b.txt')),
    { ...stagedFolder('empty', []), handle: handle('empty') },
    { ...stagedFile(file('a.txt')), handle: handle('second') },
  ];
  expect(bundleOf(items).handles).toEqual([
    { name: 'a.txt', handle: { name: 'first' } },
    { name: 'a (2).txt', handle: { name: 'second' } },
  ]);
});

test('a folder picker gives one item a folder, with its tree', () => {
  const items = stagedFromFiles([inFolder('Press/a.jpg'), inFolder('Press/raw/b.jpg'), file('note.txt', 5)]);
  expect(items.map(({ kind, name, files }) => [kind, name, files.length])).toEqual([
    ['file', 'note.txt', 1],
    ['folder', 'Press', 2],
  ]);
  expect(items[1]?.files[1]?.path).toEqual(['Press', 'raw', 'b.jpg']);
  expect(items[0]?.sizeBytes).toBe(5);
});
