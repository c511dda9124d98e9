import { describe, expect, test } from 'vitest';
import { ScanSelection } from './scan-rules.ts';

const PLAIN = { includesHidden: false, ignore: [] };

describe('by default', () => {
  const selection = new ScanSelection(PLAIN, []);

  test.each([
    '.env',
    'work/.DS_Store',
    'Thumbs.db',
    'THUMBS.DB',
    'work/desktop.ini',
    '~$offer.docx',
    'film.mp4.crdownload',
    'film.mp4.part',
    '$RECYCLE.BIN',
    'System Volume Information',
    '__MACOSX',
    'lost+found',
    'Ferry parts 0f1e2d3c',
  ])('%s is left out', (path) => expect(selection.of(path, false)).toBe('left-out'));

  test.each(['offer.docx', 'work/thumbs.dbx', 'parts/film.mp4', '~notes.txt', 'a.b.c', 'größe/日本.txt'])(
    '%s is listed',
    (path) => expect(selection.of(path, false)).toBe('listed'),
  );

  test.each(['a\u202egnp.exe', 'a\nb', 'a\u0000', `${'n'.repeat(256)}`, 'a\\'.repeat(200), '\ud800'])(
    'what cannot be shown is not listed: %j',
    (path) => expect(selection.of(path, false)).toBe('unlistable'),
  );

  test('a file is as hidden as the folders that it is in', () => {
    expect(selection.ofFile('.git/config')).toBe('left-out');
    expect(selection.ofFile('work/__MACOSX/a/b.txt')).toBe('left-out');
    expect(selection.ofFile('work/a/b.txt')).toBe('listed');
    expect(selection.ofFile(`${'a/'.repeat(64)}b`)).toBe('unlistable');
  });
});

test('hidden files and those of systems are listed for whoever wants them', () => {
  const selection = new ScanSelection({ includesHidden: true, ignore: [] }, []);
  for (const path of ['.env', 'Thumbs.db', '~$a.docx']) expect(selection.of(path, false)).toBe('listed');
});

test('patterns are those of .gitignore', () => {
  const ignore = ['# build results', '*.log', '!keep.log', 'node_modules/', '/top.txt', 'docs/**/draft?.md', ''];
  const selection = new ScanSelection({ includesHidden: false, ignore }, []);
  const of = (path: string) => selection.ofFile(path);
  expect(of('a/b.log')).toBe('left-out');
  expect(of('a/keep.log')).toBe('listed');
  expect(of('a/node_modules/b/index.js')).toBe('left-out');
  // A file of that name is no folder.
  expect(of('a/node_modules')).toBe('listed');
  expect(of('top.txt')).toBe('left-out');
  expect(of('a/top.txt')).toBe('listed');
  expect(of('docs/x/y/draft1.md')).toBe('left-out');
  expect(of('docs/x/y/draft10.md')).toBe('listed');
});

test('a pattern that means nothing is no harm to the others', () => {
  const selection = new ScanSelection({ includesHidden: false, ignore: ['[z-a', '\\', '[[:nope:]]', '*.log'] }, []);
  expect(selection.of('b.log', false)).toBe('left-out');
  expect(selection.of('b.txt', false)).toBe('listed');
});

test('patterns hold after ten thousand questions as before', () => {
  const selection = new ScanSelection({ includesHidden: false, ignore: ['*.log'] }, []);
  for (let index = 0; index < 10_001; index++) {
    expect(selection.of(`folder/${index}.log`, false)).toBe('left-out');
  }
  expect(selection.of('folder/a.txt', false)).toBe('listed');
});

test('what is not shared any more stays out, with all that is in it', () => {
  const selection = new ScanSelection(PLAIN, ['a/b', 'c.txt']);
  expect(selection.of('a/b', true)).toBe('left-out');
  expect(selection.ofFile('a/b/c.txt')).toBe('left-out');
  expect(selection.ofFile('a/bc.txt')).toBe('listed');
  expect(selection.of('c.txt', false)).toBe('left-out');
});
