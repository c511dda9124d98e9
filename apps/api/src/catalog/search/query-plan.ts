// Which tokens to look for: the rarest, as many as are worth it, and how far back without going through more than a search
// may cost. What is left out is seen in the rows. Pure.
import type { Criteria } from './criteria.ts';
import { ANYTHING, ageTokens, extensionToken, kindToken, ownerToken, sizeTokens } from './facet-tokens.ts';
import { indexedToken } from './name-index.ts';
import { SEARCH_BOUNDS } from './search-bounds.ts';
import { tokensOfWord } from './search-word.ts';
import { quoted } from './token-frequencies.ts';

/** Tokens one of which a name must have. */
export type Alternatives = readonly string[];

export interface QueryPlan {
  /** A name must have one of each; at least one of these. */
  required: Alternatives[];
  /** Entries that lists have to be gone through for, for each number of an entry. */
  costPerEntry: number;
}

/** Entries in one page of a list: what FTS5 goes through to find one of them. */
const PAGE_ENTRIES = 500;
/** More matches than this are worth another token. */
const WORTH_MATCHES = 60;
/** Tokens of one word mostly occur together: another one halves what is found. */
const SAME_WORD = 0.5;
/** What most names have spares nothing. */
const FREQUENT = 0.5;

interface Weighed {
  alternatives: Alternatives;
  frequency: number;
  /** Tokens of one word have one. */
  word: number;
}

/**
 * @param ownerNos null for anybody
 * @param frequencyOf how large a part of all names has a token
 */
export function planOf(
  criteria: Criteria,
  ownerNos: readonly number[] | null,
  newestEntry: number,
  frequencyOf: (token: string) => number,
): QueryPlan {
  const weighed = [...wordAlternatives(criteria), ...facetAlternatives(criteria, ownerNos)]
    .map(({ alternatives, word }) => ({ alternatives, word, frequency: sum(alternatives.map(frequencyOf)) }))
    .sort((a, b) => a.frequency - b.frequency);
  const chosen = choose(weighed, newestEntry);
  const rarest = chosen[0]?.frequency ?? 1;
  const cost = chosen.map(({ frequency }, index) =>
    index === 0 ? frequency : Math.min(frequency, rarest * PAGE_ENTRIES),
  );
  return {
    required: chosen.length > 0 ? chosen.map(({ alternatives }) => alternatives) : [[ANYTHING]],
    costPerEntry: chosen.length > 0 ? sum(cost) : 0,
  };
}

/** As FTS5 has it: what everybody may see, and of the rest only what is in shares that the viewer may see. */
export function matchExpression(required: readonly Alternatives[], restricted: Alternatives | null): string {
  const open = required.map((alternatives) => anyOf(alternatives, false)).join(' AND ');
  if (restricted === null) return open;
  const closed = [...required, ...(restricted.length > 0 ? [restricted] : [])];
  return `(${open}) OR (${closed.map((alternatives) => anyOf(alternatives, true)).join(' AND ')})`;
}

function choose(weighed: readonly Weighed[], newestEntry: number): Weighed[] {
  const chosen: Weighed[] = [];
  let matches = newestEntry;
  for (const one of weighed) {
    if (chosen.length >= SEARCH_BOUNDS.tokens || matches < WORTH_MATCHES) break;
    if (chosen.length > 0 && one.frequency > FREQUENT) break;
    const ofSameWord = chosen.filter(({ word }) => word === one.word).length;
    if (ofSameWord >= SEARCH_BOUNDS.tokensOfWord) continue;
    matches *= ofSameWord > 0 ? SAME_WORD : one.frequency;
    chosen.push(one);
  }
  return chosen;
}

/** Long words by tokens from all over them; every word by at least one. */
function* wordAlternatives({ words }: Criteria): Iterable<Omit<Weighed, 'frequency'>> {
  const perWord = Math.max(1, Math.floor(SEARCH_BOUNDS.weighedTokens / Math.max(1, words.length)));
  for (const [word, searched] of words.slice(0, SEARCH_BOUNDS.weighedTokens).entries()) {
    const tokens = tokensOfWord(searched);
    const step = Math.max(1, tokens.length / perWord);
    for (let at = 0; at < tokens.length; at += step) yield { alternatives: [tokens[Math.floor(at)]!], word };
  }
}

function* facetAlternatives(
  criteria: Criteria,
  ownerNos: readonly number[] | null,
): Iterable<Omit<Weighed, 'frequency'>> {
  const { types, minBytes, maxBytes, modifiedFromMs, modifiedToMs } = criteria;
  const facets: Alternatives[] = types.map(({ kinds, extensions }) => [
    ...kinds.map(kindToken),
    ...extensions.map(extensionToken),
  ]);
  if (minBytes > 0 || maxBytes < Number.MAX_SAFE_INTEGER) facets.push(sizeTokens(minBytes, maxBytes));
  if (modifiedFromMs > 0 || modifiedToMs < Number.MAX_SAFE_INTEGER)
    facets.push(ageTokens(modifiedFromMs, modifiedToMs));
  if (ownerNos) facets.push(ownerNos.map(ownerToken));
  for (const [index, alternatives] of facets.entries()) {
    // An entry that has to have one of none is in no index; the rows say so.
    const isUsable = alternatives.length > 0 && alternatives.length <= SEARCH_BOUNDS.alternatives;
    if (isUsable) yield { alternatives, word: -1 - index };
  }
}

function anyOf(alternatives: Alternatives, isRestricted: boolean): string {
  const tokens = alternatives.map((token) => quoted(indexedToken(token, isRestricted)));
  return tokens.length === 1 ? tokens[0]! : `(${tokens.join(' OR ')})`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
