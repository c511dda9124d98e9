import { expect, test } from 'vitest';
import { highlightParts } from './highlight.ts';

const marked = (name: string, ranges: [number, number][]) =>
  highlightParts(name, ranges)
    .map(({ text, isMatch }) => (isMatch ? `[${text}]` : text))
    .join('');

test.each<[string, [number, number][], string]>([
  ['report.pdf', [], 'report.pdf'],
  ['report.pdf', [[0, 6]], '[report].pdf'],
  [
    'annual report',
    [
      [0, 6],
      [7, 13],
    ],
    '[annual] [report]',
  ],
  ['report.pdf', [[7, 10]], 'report.[pdf]'],
])('%s with %j is %s', (name, ranges, expected) => expect(marked(name, ranges)).toBe(expected));

test.each<[[number, number][]]>([
  [[[4, 2]]],
  [[[0, 99]]],
  [[[-3, 2]]],
  [
    [
      [0, 6],
      [3, 8],
    ],
  ],
])('whatever the ranges %j are, the parts make up the name', (ranges) => {
  const parts = highlightParts('report.pdf', ranges);
  expect(parts.map(({ text }) => text).join('')).toBe('report.pdf');
});
