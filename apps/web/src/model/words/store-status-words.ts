// How safe a stored file is in two or three words, for a list.
import type { StoreHealth, StoreStatus } from '@ferry/shared';
import type { StoreKey } from '../../i18n/store-words.ts';
import { spreadPercent } from '../store/spread.ts';
import type { Phrase } from './phrase.ts';

const STATUS: Record<StoreStatus, StoreKey> = {
  spreading: 'store.status.spreading',
  safe: 'store.status.safe',
  'at-risk': 'store.status.atRisk',
  unfetchable: 'store.status.unfetchable',
};

export function storeStatusKey(status: StoreStatus): StoreKey {
  return STATUS[status];
}

export function storeStatusWords({ status, spread }: Pick<StoreHealth, 'status' | 'spread'>): Phrase<StoreKey> {
  if (status === 'spreading') return { key: 'store.status.spreadingBy', named: { percent: spreadPercent(spread) } };
  return { key: STATUS[status] };
}
