// Which tokens to look for: the rarest, as many as are worth it, and how far back without going through more than a search
// may cost. What is left out is seen in the rows. Pure.
import { type Criteria, isAgeBounded, isSizeBounded } from './criteria.ts';
import type { Extent } from './extent.ts';
import { ANYTHING, ageTokens, extensionToken, kindToken, ownerToken, sizeTokens } from './facet-tokens.ts';
import { indexedToken, quoted } from './name-index.ts';
import { SEARCH_BOUNDS } from './search-bounds.ts';
import { tokensOfWord } from './search-word.ts';

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
/**
 * Each of several alternatives is asked for every entry that the others find; what that spares is reading those that have
 * none of them. This is what one costs, in rows read.
 */
const ALTERNATIVE_COST = 0.3;

/** What there is at all. */
export interface Present extends Extent {
  newestEntry: number;
}

interface Weighed {
  alternatives: Alternatives;
  frequency: number;
  /** Tokens of one word have one. */
  word: number;
}

/**
 * @param ownerNos null for anybody
 * @param extent sizes and times that there are
 * @param frequencyOf how large a part of all names has a token
 * @returns null when something has to have one of no tokens: then nothing can match
 */
export function planOf(
  criteria: Criteria,
  ownerNos: readonly number[] | null,
  extent: Present,
  frequencyOf: (token: string) => number,
): QueryPlan | null {
  const weighed = [...wordAlternatives(criteria), ...facetAlternatives(criteria, ownerNos, extent)]
    .map(({ alternatives, word }) => ({ alternatives, word, frequency: sum(alternatives.map(frequencyOf)) }))
    .sort((a, b) => a.frequency - b.frequency);
  if (weighed.some(({ alternatives }) => alternatives.length === 0)) return null;
  const chosen = choose(weighed, extent.newestEntry);
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
    if (chosen.length > 0 && one.alternatives.length * ALTERNATIVE_COST > (1 - one.frequency) / one.frequency) continue;
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
  extent: Extent,
): Iterable<Omit<Weighed, 'frequency'>> {
  const { types, minBytes, maxBytes, modifiedFromMs, modifiedToMs } = criteria;
  const facets: Alternatives[] = types.map(({ kinds, extensions }) => [
    ...kinds.map(kindToken),
    ...extensions.map(extensionToken),
  ]);
  if (!types.some(({ kinds }) => kinds.includes('folder'))) {
    if (isSizeBounded(criteria)) facets.push(sizeTokens(minBytes, Math.min(maxBytes, extent.largestBytes)));
    if (isAgeBounded(criteria)) {
      const fromMs = Math.max(modifiedFromMs, extent.earliestMs);
      facets.push(ageTokens(fromMs, Math.min(modifiedToMs, extent.latestMs)));
    }
  }
  if (ownerNos) facets.push(ownerNos.map(ownerToken));
  for (const [index, alternatives] of facets.entries()) {
    // Of more, the rows say whether they have one.
    if (alternatives.length <= SEARCH_BOUNDS.alternatives) yield { alternatives, word: -1 - index };
  }
}

function anyOf(alternatives: Alternatives, isRestricted: boolean): string {
  const tokens = alternatives.map((token) => quoted(indexedToken(token, isRestricted)));
  return tokens.length === 1 ? tokens[0]! : `(${tokens.join(' OR ')})`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
