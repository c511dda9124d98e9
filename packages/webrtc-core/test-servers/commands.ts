// What browser tests ask of the computer they run on: STUN servers and a relay, until they are stopped.
import type { BrowserCommand } from 'vitest/node';
import { startRelay } from './relay.ts';
import { type Sight, startStunResponder } from './stun-responder.ts';

/** How to stop each one, by its address. */
const running = new Map<string, () => void>();
process.once('exit', () => {
  for (const stop of running.values()) stop();
});

export const serverCommands = {
  startStun: (async (_, sight) => {
    const { url, stop } = await startStunResponder(sight);
    running.set(url, stop);
    return url;
  }) satisfies BrowserCommand<[sight?: Sight]>,

  startRelay: (async () => {
    const relay = await startRelay();
    if (!relay) return null;
    const { stop, ...reached } = relay;
    running.set(relay.url, stop);
    return reached;
  }) satisfies BrowserCommand<[]>,

  stopServer: (async (_, url) => {
    running.get(url)?.();
    running.delete(url);
  }) satisfies BrowserCommand<[url: string]>,
};
