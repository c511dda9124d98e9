import { describe, expect, test } from 'vitest';
import { placesOf, shownTitle } from './download-shown.ts';

const at = (path: string) => ({ shareId: 's1', path });
const paths = (place: string, ...onlyPaths: string[][]) =>
  placesOf({ place: at(place), onlyPaths }).map(({ path }) => path);

describe('the places of a download', () => {
  test('are the file or folder that was asked for', () => {
    expect(placesOf({ place: at('sub/a.txt'), onlyPaths: null })).toEqual([at('sub/a.txt')]);
  });

  test.each([
    ['a shared folder, whose name is no part of its paths', '', ['plans', 'sub', 'a.txt'], 'sub/a.txt'],
    ['files that were shared together', '', ['a.txt'], 'a.txt'],
    ['a folder in it', 'one/two', ['two', 'three', 'a.txt'], 'one/two/three/a.txt'],
    ['a file in it', 'one/a.txt', ['a.txt'], 'one/a.txt'],
  ])('of files of %s, are those files', (_, place, path, expected) => {
    expect(paths(place, path)).toEqual([expected]);
  });

  test('of many files are the first few', () => {
    const many = Array.from({ length: 1000 }, (_, index) => ['plans', `${index}.txt`]);
    expect(paths('', ...many)).toEqual(Array.from({ length: 16 }, (_, index) => `${index}.txt`));
  });
});

test('files that are fetched by themselves go by their own names, whatever their owner calls it', () => {
  const told = { title: 'plans', itemCount: 1 };
  const files = [
    ['plans', 'b.bin'],
    ['plans', 'sub', 'c.bin'],
  ];
  expect(shownTitle({ onlyPaths: files }, told)).toEqual({ title: 'b.bin', itemCount: 2 });
  expect(shownTitle({ onlyPaths: null }, told)).toEqual(told);
  expect(shownTitle(null, told)).toEqual(told);
});
