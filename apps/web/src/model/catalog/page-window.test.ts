import { expect, test } from 'vitest';
import { pagesOf, pagesToForget } from './page-window.ts';

test.each([
  [{ first: 0, end: 0 }, []],
  [{ first: 0, end: 40 }, [0]],
  [{ first: 90, end: 130 }, [1, 0]],
  [{ first: 150, end: 450 }, [2, 1, 3, 4]],
  [{ first: 100, end: 200 }, [1]],
])('rows %j are on pages %j', (rows, pages) => expect(pagesOf(rows, 100)).toEqual(pages));

test('what is furthest away is forgotten first', () => {
  expect(pagesToForget([0, 1, 2, 500, 501], 501, 3)).toEqual([1, 0]);
  expect(pagesToForget([4, 5], 5, 3)).toEqual([]);
});
