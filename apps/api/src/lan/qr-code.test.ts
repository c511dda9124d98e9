import { stripVTControlCharacters } from 'node:util';
import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { qrCode } from './qr-code.ts';

const TEXT = 'http://192.168.1.20:3000';
/** Of the narrowest terminal that people use. */
const WIDTH = 80;

/** What each character says of the two modules in it, the upper one first. */
const DARK: Record<string, [boolean, boolean]> = {
  '█': [true, true],
  '▀': [true, false],
  '▄': [false, true],
  ' ': [false, false],
};

function modulesOf(lines: string[]): boolean[][] {
  return lines.flatMap((line) => {
    const cells = [...line].map((character) => DARK[character]!);
    return [cells.map(([upper]) => upper), cells.map(([, lower]) => lower)];
  });
}

const expected = () => encode(TEXT, { border: 4, ecc: 'M' }).data;

test('has every module in its place, in half the lines, with a margin', () => {
  const lines = stripVTControlCharacters(qrCode(TEXT, true)).split('\n');
  const modules = modulesOf(lines);
  expect(modules.slice(0, expected().length)).toEqual(expected());
  expect(modules.slice(0, 4).flat()).not.toContain(true);
  expect(lines[0]!.length).toBeLessThanOrEqual(WIDTH);
});

test('names its colours, dark on light', () => {
  for (const line of qrCode(TEXT, true).split('\n')) {
    expect([line.slice(0, 19), line.slice(-4)]).toEqual(['\x1b[38;5;16;48;5;231m', '\x1b[0m']);
  }
});

test('without colours it is right on a dark ground: what is light is drawn', () => {
  const lines = qrCode(TEXT, false).split('\n');
  const modules = modulesOf(lines).map((row) => row.map((isDrawn) => !isDrawn));
  expect(modules.slice(0, expected().length)).toEqual(expected());
});
