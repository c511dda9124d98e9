// Why a part of a query has no effect, in words.
import type { QueryProblem } from '@ferry/shared';
import type { CatalogKey } from '../../i18n/catalog-words.ts';
import type { Phrase } from './phrase.ts';

const PROBLEMS: Record<QueryProblem['code'], CatalogKey> = {
  'owner-unknown': 'catalog.problem.ownerUnknown',
  'size-invalid': 'catalog.problem.sizeInvalid',
  'age-invalid': 'catalog.problem.ageInvalid',
  'type-unknown': 'catalog.problem.typeUnknown',
  'word-too-short': 'catalog.problem.wordTooShort',
};

export function queryProblemWords({ code, part }: QueryProblem): Phrase<CatalogKey> {
  // Of an owner, the name is what was wrong.
  const name = code === 'owner-unknown' ? part.replace(/^[^:]*:/, '') : part;
  return { key: PROBLEMS[code], named: { part: name } };
}
