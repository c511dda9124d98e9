// Where words begin in folded text: what one or two characters are looked for at, since everything contains them
// somewhere. In scripts without spaces every character begins one. Knows no tokens.

const LETTER = 1;
const DIGIT = 2;
const OTHER = 3;
/** Scripts without spaces, syllables of Hangul, which is written together at length, and pictures. */
const ALONE = 4;
const SPACE = 5;

type CharacterClass = typeof LETTER | typeof DIGIT | typeof OTHER | typeof ALONE | typeof SPACE;

const IS_ALONE =
  /\p{So}|(?=[\p{L}\p{M}])[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Bopo}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}]/u;
const IS_LETTER = /[\p{L}\p{M}]/u;
const IS_DIGIT = /\p{N}/u;

/** By code point, filled as they are met; 0 is unknown. Beyond are pictures and rare letters. */
const classes = new Uint8Array(0x10000);

/** Whether a word begins at this unit of folded text: where letters, digits and signs take turns. */
export function isWordStart(folded: string, at: number): boolean {
  const own = classAt(folded, at);
  return own !== SPACE && (own === ALONE || at === 0 || classBefore(folded, at) !== own);
}

/** Whether a word may end before this unit, as {@link isWordStart} sees words. */
export function isWordEnd(folded: string, at: number): boolean {
  if (at >= folded.length) return true;
  const own = classAt(folded, at);
  return own === ALONE || own !== classBefore(folded, at);
}

/** Whether there is anything in it but signs: signs alone make no word. */
export function hasLetterOrDigit(folded: string): boolean {
  for (let at = 0; at < folded.length; at++) if (isLetterOrDigitAt(folded, at)) return true;
  return false;
}

/** At a unit of folded text; of a pair of surrogates, at either. */
export function isLetterOrDigitAt(folded: string, at: number): boolean {
  const own = isLowSurrogate(folded, at) ? classAt(folded, at - 1) : classAt(folded, at);
  return own === LETTER || own === DIGIT || own === ALONE;
}

function classAt(folded: string, at: number): CharacterClass {
  const code = folded.codePointAt(at)!;
  return (classes[code] || learn(code)) as CharacterClass;
}

function classBefore(folded: string, at: number): CharacterClass {
  return classAt(folded, at - (isLowSurrogate(folded, at - 1) ? 2 : 1));
}

function isLowSurrogate(folded: string, at: number): boolean {
  const code = folded.charCodeAt(at);
  return at > 0 && code >= 0xdc00 && code <= 0xdfff;
}

function learn(code: number): CharacterClass {
  const own = classOf(String.fromCodePoint(code));
  if (code < classes.length) classes[code] = own;
  return own;
}

function classOf(character: string): CharacterClass {
  if (character === ' ') return SPACE;
  if (character >= '\u0080' && IS_ALONE.test(character)) return ALONE;
  if (IS_LETTER.test(character)) return LETTER;
  return IS_DIGIT.test(character) ? DIGIT : OTHER;
}
