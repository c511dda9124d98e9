// What test-servers/commands.ts offers to browser tests.
import 'vitest/browser';

declare module 'vitest/browser' {
  interface BrowserCommands {
    /** Resolves with its address. It may claim to see another address than it does, and another port by so much. */
    startStun(sight?: { address?: string; portOffset?: number }): Promise<string>;
    /** A relay by UDP and by TCP; null where coturn is not installed. */
    startRelay(): Promise<{ url: string; username: string; credential: string } | null>;
    stopServer(url: string): Promise<void>;
  }
}
