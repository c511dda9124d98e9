// Text as it is compared: without case, accents and the differences that only a computer sees. Names are indexed in this
// form, and words of queries are looked for in it. Knows no words and no tokens.

const ASCII = /^[ -~]*$/;

/** Marks of scripts that are not here are vowels that everybody writes. */
const DROPPED = new RegExp(
  `[${[
    // Controls, and what has no width.
    '\\p{Cc}\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufe00-\\ufe0f\\ufeff',
    // Accents of Latin, Greek and Cyrillic.
    '\\u0300-\\u036f\\u0483-\\u0487',
    // The points of Hebrew.
    '\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7',
    // The vowels of Arabic, and what stretches its words.
    '\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc',
  ].join('')}]`,
  'gu',
);

/** Letters that Unicode does not take apart, and the sigma that only ends words. */
const ALIKE: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ħ: 'h',
  ı: 'i',
  æ: 'ae',
  œ: 'oe',
  ς: 'σ',
};
const HAS_ALIKE = /[øłđħıæœς]/g;
const SPACE = /\s/gu;

/**
 * @example fold('Łódź Straße') === 'lodz strasse'
 */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  const spaced = text.replace(SPACE, ' ');
  const plain = spaced.normalize('NFKD').replace(DROPPED, '');
  // By way of upper case, which is the direction that folds ß and the like. It may make new accents (İ), hence twice.
  const cased = plain.toLowerCase().toUpperCase().toLowerCase();
  const lower = cased
    .normalize('NFKD')
    .replace(DROPPED, '')
    .replace(HAS_ALIKE, (letter) => ALIKE[letter]!);
  // Composed again, so that a syllable of Hangul is one character.
  return lower.normalize('NFC').replace(SPACE, ' ');
}

/** What folds as one: a letter with its marks, or a syllable of Hangul that was taken apart (as macOS names files). */
const CLUSTER = /[\u1100-\u115f][\u1160-\u11a7]?[\u11a8-\u11ff]?|[\s\S]\p{M}*/gu;

export interface FoldedText {
  text: string;
  /** For every UTF-16 unit of `text`: where in the original the letter that it is from begins, and where it ends. */
  starts: number[];
  ends: number[];
}

/** Letter by letter, so that what is found can be shown in the original. */
export function foldWithOrigins(original: string): FoldedText {
  let text = '';
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { 0: cluster, index } of original.matchAll(CLUSTER)) {
    const folded = fold(cluster);
    text += folded;
    for (let unit = 0; unit < folded.length; unit++) {
      starts.push(index);
      ends.push(index + cluster.length);
    }
  }
  return { text, starts, ends };
}
