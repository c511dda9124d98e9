import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from './fold.ts';
import { highlightsOf } from './highlights.ts';
import { searchWord } from './search-word.ts';

const words = (...texts: string[]) =>
  texts.map((text) => searchWord({ text, isPhrase: text.includes(' '), isExcluded: false })!);

describe('highlights', () => {
  test.each([
    ['Annual Report.pdf', ['report'], ['Report']],
    ['report report.txt', ['report'], ['report', 'report']],
    ['reporting.txt', ['report', 'porting'], ['reporting']],
    ['Straße.txt', ['strasse'], ['Straße']],
    ['Straße.txt', ['stras'], ['Straß']],
    ['e\u0301te\u0301.txt', ['ete'], ['e\u0301te\u0301']],
    ['annual_-_report', ['annual report'], ['annual_-_report']],
    ['a banana', ['a'], ['a']],
    ['会议会', ['会'], ['会', '会']],
    ['각.txt', ['각'], ['각']],
    ['🎉🎂 party', ['🎂'], ['🎂']],
  ])('of %j for %j are %j', (name, texts, expected) => {
    expect(highlightsOf(name, words(...texts)).map(([start, end]) => name.slice(start, end))).toEqual(expected);
  });

  test('are in order, apart, within the name, and contain what was looked for', () => {
    const text = fc.string({ unit: fc.constantFrom(...'abßé会ł \u0301İ🎉_-1'), maxLength: 20 });
    fc.assert(
      fc.property(text, fc.array(text, { maxLength: 4 }), (name, wanted) => {
        const looked = wanted.flatMap((one) => searchWord({ text: one, isPhrase: false, isExcluded: false }) ?? []);
        let last = -1;
        for (const [start, end] of highlightsOf(name, looked)) {
          expect(start).toBeGreaterThan(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(name.length);
          expect(looked.some(({ pieces }) => fold(name.slice(start, end)).includes(pieces[0]!))).toBe(true);
          last = end;
        }
      }),
    );
  });
});
