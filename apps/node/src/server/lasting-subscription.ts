// A subscription that stays: the client renews it over new sockets, but not after the server ended it with an error. Knows
// nothing of what is told.
import { type Clock, systemClock } from '@ferry/webrtc-core';

/** Whatever the server stumbled over, it has time to put it right. */
const AGAIN_AFTER_MS = 5000;

interface Unsubscribable {
  unsubscribe(): void;
}

/** What a client calls when a subscription is over. */
export interface Endings {
  onError: (error: unknown) => void;
  onComplete: () => void;
}

/** @param subscribe must pass the endings on */
export function lastingSubscription(
  subscribe: (endings: Endings) => Unsubscribable,
  { onError, clock = systemClock }: { onError: (error: unknown) => void; clock?: Clock },
): Unsubscribable {
  let current: Unsubscribable | undefined;
  let cancelTimer: (() => void) | undefined;
  let isOver = false;
  const again = () => {
    if (!isOver) cancelTimer = clock.after(AGAIN_AFTER_MS, start);
  };
  const start = () => {
    current = subscribe({
      onError: (error) => {
        onError(error);
        again();
      },
      onComplete: again,
    });
  };
  start();
  return {
    unsubscribe() {
      isOver = true;
      cancelTimer?.();
      current?.unsubscribe();
    },
  };
}
