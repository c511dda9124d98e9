// Lists in pieces that fit a request. Pure.

export function pagesOf<Item>(items: readonly Item[], most: number): Item[][] {
  const count = Math.ceil(items.length / most);
  return Array.from({ length: count }, (_, page) => items.slice(page * most, (page + 1) * most));
}
