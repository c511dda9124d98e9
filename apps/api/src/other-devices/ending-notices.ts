// Tells a device at once that something which is shared from it was ended elsewhere, if it listens. Says not what: the
// device asks for what it shares, as it does whenever it has been away. Knows no shares and no sockets.

interface Listener {
  deviceId: string;
  isDue: boolean;
  wake: () => void;
}

export class EndingNotices {
  readonly #listeners = new Set<Listener>();

  tell(deviceId: string): void {
    for (const listener of this.#listeners) {
      if (listener.deviceId !== deviceId) continue;
      listener.isDue = true;
      listener.wake();
    }
  }

  /** Once for all that ended while the last one was being read. */
  async *of(deviceId: string, ended: AbortSignal): AsyncGenerator<{ type: 'shares-ended' }> {
    const listener: Listener = { deviceId, isDue: false, wake: () => {} };
    this.#listeners.add(listener);
    ended.addEventListener('abort', () => listener.wake(), { once: true });
    try {
      while (!ended.aborted) {
        if (listener.isDue) {
          listener.isDue = false;
          yield { type: 'shares-ended' };
        } else {
          await new Promise<void>((resolve) => {
            listener.wake = resolve;
          });
        }
      }
    } finally {
      this.#listeners.delete(listener);
    }
  }
}
