// Whether there are too few pieces left to restore something, with whoever has them. Pure.
import type { StoreHealth } from '@ferry/shared';

export function isLost({ spareOwners, kept, needed }: StoreHealth): boolean {
  return spareOwners < 0 && kept < needed;
}
