// Everything that narrows a search, as chips that can be taken off one by one: what the controls set, and what was
// typed into the words. What typed parts mean, only the server knows: here they are told apart from plain words, and
// shown as they were typed. Pure.
import type { CatalogKind } from '@ferry/shared';
import { type Age, type CatalogQuestion, EVERYTHING } from './catalog-question.ts';

export type Chip =
  | { type: 'kind'; kind: CatalogKind }
  | { type: 'owner'; ownerId: string }
  | { type: 'min' | 'max'; bytes: number }
  | { type: 'age'; age: Age }
  | { type: 'available' }
  /** `type:pdf`, `>10MB`, `-draft` or `"annual report"`, within the words. */
  | { type: 'typed'; part: string };

/** A phrase or a word, either with an exclusion or a name and a colon before it. */
const PART = /-?(?:[\p{L}]+:)?"[^"]*"?|\S+/gu;
const NARROWS = /^(?:-.|[\p{L}]+:.|[<>]=?\d|")/u;

/** The parts of the words that do more than be looked for, in their order. */
export function typedParts(text: string): string[] {
  return [...new Set((text.match(PART) ?? []).filter((part) => NARROWS.test(part)))];
}

export function chipsOf(question: CatalogQuestion): Chip[] {
  const { kinds, ownerIds, minBytes, maxBytes, age, isAvailable, text } = question;
  return [
    ...kinds.map((kind): Chip => ({ type: 'kind', kind })),
    ...ownerIds.map((ownerId): Chip => ({ type: 'owner', ownerId })),
    ...(minBytes === null ? [] : [{ type: 'min', bytes: minBytes } as const]),
    ...(maxBytes === null ? [] : [{ type: 'max', bytes: maxBytes } as const]),
    ...(age === null ? [] : [{ type: 'age', age } as const]),
    ...(isAvailable ? [{ type: 'available' } as const] : []),
    ...typedParts(text).map((part): Chip => ({ type: 'typed', part })),
  ];
}

/** A name for each chip of a question that no other one has. */
export function chipKey(chip: Chip): string {
  switch (chip.type) {
    case 'kind':
      return `kind/${chip.kind}`;
    case 'owner':
      return `owner/${chip.ownerId}`;
    case 'typed':
      return `typed/${chip.part}`;
    default:
      return chip.type;
  }
}

export function withoutChip(question: CatalogQuestion, chip: Chip): CatalogQuestion {
  switch (chip.type) {
    case 'kind':
      return { ...question, kinds: question.kinds.filter((kind) => kind !== chip.kind) };
    case 'owner':
      return { ...question, ownerIds: question.ownerIds.filter((ownerId) => ownerId !== chip.ownerId) };
    case 'min':
      return { ...question, minBytes: null };
    case 'max':
      return { ...question, maxBytes: null };
    case 'age':
      return { ...question, age: null };
    case 'available':
      return { ...question, isAvailable: false };
    case 'typed':
      return { ...question, text: withoutPart(question.text, chip.part) };
  }
}

/** The words stay, and so does the order. */
export function withoutChips({ text, order, isDescending }: CatalogQuestion): CatalogQuestion {
  const parts = typedParts(text);
  return { ...EVERYTHING, order, isDescending, text: parts.reduce(withoutPart, text) };
}

function withoutPart(text: string, part: string): string {
  const kept = (text.match(PART) ?? []).filter((found) => found !== part);
  return kept.join(' ');
}
