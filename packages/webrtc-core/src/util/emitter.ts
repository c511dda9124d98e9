// A typed event emitter whose listeners can be tied to an AbortSignal; knows nothing of its events.

type Listener<Payload> = (payload: Payload) => void;

/**
 * `Events` maps each event's name to its payload.
 *
 * @example
 * const emitter = new Emitter<{ progress: number }>();
 * const off = emitter.on('progress', (fraction) => draw(fraction));
 */
export class Emitter<Events extends object> {
  readonly #listeners = new Map<keyof Events, Set<Listener<never>>>();

  /** Returns a function that removes the listener. */
  on<Name extends keyof Events>(
    name: Name,
    listener: Listener<Events[Name]>,
    options: { signal?: AbortSignal } = {},
  ): () => void {
    if (options.signal?.aborted) return () => {};
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener as Listener<never>);
    const off = () => {
      listeners.delete(listener as Listener<never>);
    };
    options.signal?.addEventListener('abort', off, { once: true });
    return off;
  }

  emit<Name extends keyof Events>(name: Name, payload: Events[Name]): void {
    // A copy, because a listener may remove itself or add others while it is called.
    for (const listener of [...(this.#listeners.get(name) ?? [])]) (listener as Listener<Events[Name]>)(payload);
  }

  /** Whether anybody listens. */
  has(name: keyof Events): boolean {
    return (this.#listeners.get(name)?.size ?? 0) > 0;
  }

  removeAll(): void {
    this.#listeners.clear();
  }
}
