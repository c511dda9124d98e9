// What names are sorted by: letters without case and accents, numbers by their value. Only for order; equal keys do not
// mean equal names.

/** Names are not longer, and some letters become many when they are taken apart (U+FDFA becomes eighteen). */
const KEY_CHARACTERS = 255;

/** Of Latin, Greek and Cyrillic letters; in other scripts marks are letters of their own. */
const ACCENTS = /[\u0300-\u036f]/g;
const NUMBER = /\d+/g;
const PLAIN = /^[ -~]*$/;

/**
 * Compared byte by byte, as SQLite does it.
 *
 * @example sortKey('Änderung 9.txt') < sortKey('anderung 10.txt')
 */
export function sortKey(name: string): string {
  const folded = PLAIN.test(name) ? name.toLowerCase() : fold(name);
  return folded.replace(NUMBER, numberKey).slice(0, KEY_CHARACTERS);
}

function fold(name: string): string {
  // Composed again: syllables of Hangul are sorted by their code points, which is their order.
  return name.normalize('NFKD').replace(ACCENTS, '').normalize('NFC').toUpperCase().toLowerCase();
}

/** How many digits there are comes first, as a character that sorts where digits do: 1 to 9, then ':' and so on. */
function numberKey(digits: string): string {
  const value = digits.replace(/^0+(?=\d)/, '');
  return `${String.fromCharCode(0x30 + Math.min(value.length, 70))}${value}`;
}
