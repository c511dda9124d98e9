import { expect, test } from 'vitest';
import { towersOf } from './piece-counts.ts';

const cell = (online: number, kept: number) => ({ firstGroup: 0, endGroup: 1, online, kept });
const SIZE = { width: 10, height: 12, gap: 2 };
const storeys = (path: string) => path.split('M').length - 1;

test('pieces online that are needed, those to spare, and those that are away are told apart', () => {
  const towers = towersOf([cell(3, 5)], 2, SIZE);
  expect([towers.needed, towers.spare, towers.offline].map(storeys)).toEqual([2, 1, 2]);
});

test('the line of what is needed is in sight also where there are fewer', () => {
  expect(towersOf([cell(1, 1)], 4, SIZE).neededY).toBe(0);
  expect(towersOf([cell(4, 4)], 1, SIZE).neededY).toBe(9);
});

test('cells stand side by side, with the gap between them', () => {
  const { needed } = towersOf([cell(1, 1), cell(1, 1)], 1, SIZE);
  expect(needed).toContain('M0 0h4');
  expect(needed).toContain('M6 0h4');
});
