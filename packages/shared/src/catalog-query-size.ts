// Sizes as people type them in a query: `>10MB`, `<=1,5 GiB`. Knows no other filters.

export interface SizeBounds {
  minBytes?: number;
  maxBytes?: number;
}

const SIZE = /^([<>]=?)\s*(\d{1,15}(?:[.,]\d{1,6})?)\s*(?:([kmgt])(i?)b?|b)?$/i;
const POWERS = ['k', 'm', 'g', 't'];

/**
 * A comma is a decimal point too. `kB` and `K` are a thousand bytes, `KiB` and `Ki` 1024; no unit is bytes.
 *
 * @returns null for what is no such bound
 * @example parseSize('>10MB') // { minBytes: 10_000_001 }
 */
export function parseSize(text: string): SizeBounds | null {
  const match = SIZE.exec(text);
  if (!match) return null;
  const [, comparison, digits, unit, binary] = match;
  const power = unit === undefined ? 0 : POWERS.indexOf(unit.toLowerCase()) + 1;
  const bytes = Number(digits!.replace(',', '.')) * (binary ? 1024 : 1000) ** power;
  // Nothing is larger than this, and only up to here are there no gaps between numbers.
  const bounded = Math.min(bytes, Number.MAX_SAFE_INTEGER - 1);
  switch (comparison) {
    case '>':
      return { minBytes: Math.floor(bounded) + 1 };
    case '>=':
      return { minBytes: Math.ceil(bounded) };
    case '<':
      return { maxBytes: Math.max(0, Math.ceil(bounded) - 1) };
    default:
      return { maxBytes: Math.floor(bounded) };
  }
}
