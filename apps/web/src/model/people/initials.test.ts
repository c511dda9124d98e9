import { expect, test } from 'vitest';
import { hueOf, initialsOf } from './initials.ts';

test.each([
  ['Grace.Okafor', 'GO'],
  ['grace', 'GR'],
  ['anne-marie_b', 'AB'],
  ['李伟', '李'],
  ['नूर', 'नूर'],
  ['_x_', 'X'],
  ['..', '..'],
])('%s is %s', (name, initials) => expect(initialsOf(name)).toBe(initials));

test('the colour belongs to the person, not to the spelling', () => {
  expect(hueOf('Grace')).toBe(hueOf('gRACE'));
});

test('names spread over all colours', () => {
  const hues = new Set(Array.from({ length: 200 }, (_, index) => hueOf(`user${index}`)));
  expect(hues.size).toBe(8);
});
