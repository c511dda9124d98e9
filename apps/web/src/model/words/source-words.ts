// What a device that a download may come from does now. Pure.
import type { RefusalReason, SourceSnapshot } from '../../adapters/engine-contract.ts';
import type { DetailsKey } from '../../i18n/details-words.ts';
import type { Phrase } from './phrase.ts';

const REFUSED: Record<RefusalReason, DetailsKey> = {
  'not-found': 'details.sourceStatus.refused',
  expired: 'details.sourceStatus.refusedExpired',
  'queue-full': 'details.sourceStatus.refusedQueueFull',
  unreadable: 'details.sourceStatus.refusedUnreadable',
};

export function sourceWords({ status, isOnline, place, refusal }: SourceSnapshot): Phrase<DetailsKey> {
  if (status === 'refused' && refusal) return { key: REFUSED[refusal] };
  if (status === 'unreachable' && !isOnline) return { key: 'details.sourceStatus.offline' };
  if (status === 'queued' && place && place.position > 0) {
    const { position, waiting } = place;
    // Those who wait may have been counted a moment before its place was told.
    const named = { place: position, waiting: Math.max(position, waiting) };
    return { key: 'details.sourceStatus.queuedAt', named };
  }
  return { key: `details.sourceStatus.${status}` };
}
