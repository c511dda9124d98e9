// biome-ignore-all lint/suspicious/noTemplateCurlyInString: so compose writes variables.
import { expect, test } from 'vitest';
import { interpolate, variablesIn } from './interpolation.ts';

test.each([
  ['a plain ${NAME}', 'a plain value'],
  ['${NONE}', ''],
  ['${NAME:-other}', 'value'],
  ['${NONE:-other}', 'other'],
  ['${EMPTY:-other}', 'other'],
  ['${NONE:-${NAME}}:3478?transport=udp', 'value:3478?transport=udp'],
  ['${NAME:+${NAME}:}443:443', 'value:443:443'],
  ['${NONE:+${NAME}:}443:443', '443:443'],
  ['${NAME:?must be set}', 'value'],
  // As compose's own tests have it: the first sign after the name counts.
  ['${NAME:+va:?lu:-e}', 'va:?lu:-e'],
])('%s becomes %s', (text, expected) => {
  expect(interpolate(text, { NAME: 'value', EMPTY: '' })).toBe(expected);
});

test('a variable that must be set and is not ends it with its name', () => {
  expect(() => interpolate('${NONE:?set it in .env}', {})).toThrow('NONE: set it in .env');
});

test('a form that is not known here is no silent nothing', () => {
  expect(() => interpolate('${NAME-other}', { NAME: 'value' })).toThrow('a form');
});

test('variables are found inside of others', () => {
  expect(variablesIn('${A:-${B}} and ${C:+x${D}}')).toEqual(['A', 'B', 'C', 'D']);
});
