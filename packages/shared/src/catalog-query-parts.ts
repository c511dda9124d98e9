// Cuts the text of a query into its parts: words, quoted phrases, exclusions, `key:value` and comparisons. Knows not what
// keys mean. Every part is found in one step from where the last one ended.

export interface QueryPart {
  /** As it was typed. */
  raw: string;
  isExcluded: boolean;
  /** In lower case; null for words. */
  key: string | null;
  /** The word, or the value of the key, without its quotes. */
  value: string;
  isQuoted: boolean;
}

/** A unit may be apart; one letter alone is a word. */
const COMPARISON = /[<>]=?\s*(?:[\d.,]+\s+[kmgt]i?b(?=\s|$)|\d[^\s"]*)/iy;
/** A quote that is not closed ends with the text: somebody is typing. */
const PART = /(-?)(?:([a-z]{1,16}):)?(?:"([^"]*)(?:"|$)|([^\s"]+))/iy;

/**
 * @example queryParts('-"old plan" type:pdf') // an excluded phrase, and the key `type` with the value `pdf`
 */
export function queryParts(text: string): QueryPart[] {
  const parts: QueryPart[] = [];
  for (let at = 0; at < text.length; ) {
    const part = comparisonAt(text, at) ?? partAt(text, at);
    if (part) parts.push(part);
    at += part ? part.raw.length : 1;
  }
  return parts;
}

function comparisonAt(text: string, at: number): QueryPart | undefined {
  COMPARISON.lastIndex = at;
  const raw = COMPARISON.exec(text)?.[0];
  return raw === undefined ? undefined : { raw, isExcluded: false, key: 'size', value: raw, isQuoted: false };
}

function partAt(text: string, at: number): QueryPart | undefined {
  PART.lastIndex = at;
  const match = PART.exec(text);
  if (!match) return undefined;
  const [raw, minus, key, quoted, plain] = match;
  const value = quoted ?? plain!;
  return { raw, isExcluded: minus === '-', key: key?.toLowerCase() ?? null, value, isQuoted: quoted !== undefined };
}
