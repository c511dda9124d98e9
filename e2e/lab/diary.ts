// What happened in a test, with the time of each event: what the browsers went through and what was done to
// them. Knows nothing of what the events mean.
import type { Page } from '@playwright/test';
import { tellPageEvents } from './page-events.ts';

const MARK = '[diary] ';

export class Diary {
  readonly #lines: string[] = [];
  readonly #startedMs = Date.now();

  note(who: string, what: string): void {
    const seconds = ((Date.now() - this.#startedMs) / 1000).toFixed(1);
    this.#lines.push(`${seconds.padStart(7)} s  ${who.padEnd(6)} ${what}`);
  }

  /** Notes what this page goes through from its next load on. */
  async follow(who: string, page: Page): Promise<void> {
    await page.addInitScript(tellPageEvents, { mark: MARK, stillMs: 2000 });
    page.on('console', (message) => {
      const text = message.text();
      if (text.startsWith(MARK)) this.note(who, text.slice(MARK.length));
      else if (['error', 'warning'].includes(message.type())) this.note(who, `console: ${text}`);
    });
    page.on('pageerror', (error) => this.note(who, `error: ${error.message}`));
    page.on('websocket', (socket) => {
      this.note(who, 'socket made');
      socket.once('framereceived', () => this.note(who, 'socket answers'));
      socket.on('close', () => this.note(who, 'socket closed'));
    });
  }

  toString(): string {
    return this.#lines.join('\n');
  }
}
