import { expect, test } from 'vitest';
import { type CatalogQuestion, EVERYTHING } from './catalog-question.ts';
import { chipKey, chipsOf, typedParts, withoutChip, withoutChips } from './question-chips.ts';

test.each([
  ['annual report', []],
  ['"annual report" -draft', ['"annual report"', '-draft']],
  ['report type:pdf >10MB <=2GB owner:Grace.Okafor', ['type:pdf', '>10MB', '<=2GB', 'owner:Grace.Okafor']],
  ['-"first draft" type:"pdf"', ['-"first draft"', 'type:"pdf"']],
  ['"not closed', ['"not closed']],
  ['a - b : < > 12:30 well-known', []],
  ['größe:1', ['größe:1']],
])('of %j the parts %j narrow', (text, parts) => expect(typedParts(text)).toEqual(parts));

const question: CatalogQuestion = {
  ...EVERYTHING,
  text: 'report type:pdf "annual sum" -draft',
  kinds: ['pdf', 'image'],
  ownerIds: ['grace'],
  minBytes: 1e6,
  maxBytes: 1e9,
  age: 'week',
  isAvailable: true,
  order: 'size',
  isDescending: true,
};

test('every filter is a chip with a key of its own', () => {
  const chips = chipsOf(question);
  expect(chips).toHaveLength(10);
  expect(new Set(chips.map(chipKey)).size).toBe(10);
  expect(chipsOf(EVERYTHING)).toEqual([]);
});

test('taking all chips off one by one leaves the plain words and the order', () => {
  let left = question;
  for (let chips = chipsOf(left); chips.length > 0; chips = chipsOf(left)) {
    const next = withoutChip(left, chips[0]!);
    expect(chipsOf(next)).toHaveLength(chips.length - 1);
    left = next;
  }
  expect(left).toEqual({ ...EVERYTHING, text: 'report', order: 'size', isDescending: true });
  expect(withoutChips(question)).toEqual(left);
});

test('a typed part goes without its neighbours', () => {
  const left = withoutChip(question, { type: 'typed', part: '"annual sum"' });
  expect(left.text).toBe('report type:pdf -draft');
});
