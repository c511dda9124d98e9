// A question to the catalog as the part of an address after the question mark, and back: what is reloaded, kept as a
// bookmark or sent to a colleague asks the same. Trusts nothing of what it reads. Pure.
import { type CatalogKind, catalogKindSchema, catalogOrderSchema, LIMITS } from '@ferry/shared';
import { AGES, type CatalogQuestion, EVERYTHING } from './catalog-question.ts';

/** As vue-router has it, both ways. */
export type AddressQuery = Record<string, string | null | undefined | (string | null)[]>;

/** Only what differs from asking for everything. */
export function addressQueryOf(question: CatalogQuestion): Record<string, string> {
  const { text, kinds, ownerIds, minBytes, maxBytes, age, isAvailable, order, isDescending } = question;
  return {
    ...(text !== '' && { q: text }),
    ...(kinds.length > 0 && { type: kinds.join(',') }),
    ...(ownerIds.length > 0 && { owner: ownerIds.join(',') }),
    ...(minBytes !== null && { min: String(minBytes) }),
    ...(maxBytes !== null && { max: String(maxBytes) }),
    ...(age !== null && { age }),
    ...(isAvailable && { available: '1' }),
    ...(order !== 'relevance' && { order: isDescending ? `-${order}` : order }),
  };
}

export function questionFrom(query: AddressQuery): CatalogQuestion {
  const order = catalogOrderSchema.safeParse(one(query.order).replace(/^-/, ''));
  return {
    text: one(query.q).slice(0, LIMITS.catalogQueryCharacters),
    kinds: list(query.type).filter(isKind),
    ownerIds: list(query.owner),
    minBytes: bytes(query.min),
    maxBytes: bytes(query.max),
    age: AGES.find((age) => age === one(query.age)) ?? null,
    isAvailable: one(query.available) === '1',
    order: order.success ? order.data : EVERYTHING.order,
    isDescending: order.success && order.data !== EVERYTHING.order && one(query.order).startsWith('-'),
  };
}

function one(value: AddressQuery[string]): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

function list(value: AddressQuery[string]): string[] {
  return [...new Set(one(value).split(',').filter(Boolean))].slice(0, 64);
}

function bytes(value: AddressQuery[string]): number | null {
  const text = one(value);
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function isKind(text: string): text is CatalogKind {
  return catalogKindSchema.safeParse(text).success;
}
