// How far something is that I left with colleagues for somebody.
import type { SentDelivery } from '@ferry/shared';
import type { StoreKey } from '../../i18n/store-words.ts';
import type { Phrase } from './phrase.ts';

const STATES: Record<SentDelivery['state'], StoreKey> = {
  uploading: 'delivery.state.uploading',
  waiting: 'delivery.state.waiting',
  received: 'delivery.state.received',
  declined: 'delivery.state.declined',
  expired: 'delivery.state.expired',
};

/** @param when of its end, in words */
export function sentDeliveryWords({ state, to }: SentDelivery, when: string): Phrase<StoreKey> {
  return { key: STATES[state], named: { name: to.username, when } };
}

/** It can still be taken back. */
export function isUnderWay({ state }: Pick<SentDelivery, 'state'>): boolean {
  return state === 'uploading' || state === 'waiting';
}
