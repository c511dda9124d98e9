// What was typed into a number field: a number within its bounds, nothing at all, or something else. Pure.

export interface NumberBounds {
  min: number;
  max?: number;
  isWhole?: boolean;
}

/** Null when it was left empty; undefined when it is no number that the field takes. */
export function numberOf(text: string, { min, max = Number.POSITIVE_INFINITY, isWhole }: NumberBounds) {
  if (text.trim() === '') return null;
  const value = Number(text);
  const isRight = Number.isFinite(value) && value >= min && value <= max && (!isWhole || Number.isInteger(value));
  return isRight ? value : undefined;
}
