// A browser's socket, and when it opens and ends. Knows no reason.
import type { TestBrowser } from './test-server.ts';

export function watchSocket(browser: TestBrowser): { started: Promise<void>; ended: Promise<void> } {
  const started = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  let isOpen = false;
  browser.live.people.watch.subscribe(undefined, {
    onStarted: () => {
      isOpen = true;
      started.resolve();
    },
    // Connecting is what it does at first, too.
    onConnectionStateChange: ({ state }) => {
      if (isOpen && state === 'connecting') ended.resolve();
    },
  });
  return { started: started.promise, ended: ended.promise };
}
