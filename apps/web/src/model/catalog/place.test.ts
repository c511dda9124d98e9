import { expect, test } from 'vitest';
import { browseAddress, crumbsOf, keyOf, parentPath, placeParts } from './place.ts';

test('entries have the same key exactly when share and path are the same', () => {
  expect(keyOf({ shareId: 'a', path: 'b/c' })).toBe(keyOf({ shareId: 'a', path: 'b/c' }));
  expect(keyOf({ shareId: 'a', path: 'b' })).not.toBe(keyOf({ shareId: 'a', path: 'b/c' }));
});

test.each([
  ['a/b/c.txt', 'a/b'],
  ['a', ''],
  ['', ''],
])('%j is in %j', (path, parent) => expect(parentPath(path)).toBe(parent));

test.each([
  ['Photos', 'raw/team/1.jpg', ['Photos', 'raw', 'team']],
  ['Photos', '1.jpg', ['Photos']],
  ['Photos', '', []],
  [null, 'note.txt', []],
])('in %j, %j is shown under %j', (shareTitle, path, parts) => expect(placeParts({ shareTitle, path })).toEqual(parts));

test('addresses hold any name, and folders stay folders', () => {
  expect(browseAddress({ shareId: 's', path: 'a b/50%?/#1' })).toBe('/catalog/browse/s/a%20b/50%25%3F/%231');
  expect(browseAddress({ shareId: 's', path: '' })).toBe('/catalog/browse/s');
});

test('breadcrumbs lead from the share to the folder', () => {
  expect(crumbsOf('Photos', 'raw/team')).toEqual([
    { name: 'Photos', path: '' },
    { name: 'raw', path: 'raw' },
    { name: 'team', path: 'raw/team' },
  ]);
});
