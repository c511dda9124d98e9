// Everybody in an order of chance in which who weighs more tends to come first: sampling without replacement, of which a
// beginning is a sample (Efraimidis and Spirakis, 2006). Knows not what is weighed.

/** @param random from 0 up to 1 */
export function weightedOrder<Item>(
  items: readonly Item[],
  weightOf: (item: Item) => number,
  random: () => number,
): Item[] {
  return items
    .map((item) => ({ item, arrival: exponential(random) / Math.max(Number.MIN_VALUE, weightOf(item)) }))
    .sort((a, b) => a.arrival - b.arrival)
    .map(({ item }) => item);
}

/** A race of waiting times: the heavier, the sooner. One that weighs nothing arrives at infinity, after all others. */
function exponential(random: () => number): number {
  return -Math.log(1 - random());
}
