// Lists files in the catalog as an owner's browser would, only that nobody has them: for what is about finding, not
// about fetching.
import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';

const PAGE_ENTRIES = 500;

/**
 * Shared with everybody by whoever is signed in there, from a device that is never online.
 *
 * @returns the share's id
 */
export async function publishFiles(
  page: Page,
  title: string,
  count: number,
  pathOf: (index: number) => string,
): Promise<string> {
  const [shareId, deviceId] = [randomUUID(), randomUUID()];
  const share = { deviceId, shareId, title, kind: 'folder', audience: { type: 'everyone' } };
  let { revision } = await call(page, 'catalog.shares.put', share);
  for (let first = 0; first < count; first += PAGE_ENTRIES) {
    const put = Array.from({ length: Math.min(PAGE_ENTRIES, count - first) }, (_, index) => {
      const at = first + index;
      return [pathOf(at), 1_000_000 + at, 1.7e12 + at * 1000, null];
    });
    const next = { deviceId, shareId, baseRevision: revision, put, remove: [] };
    ({ revision } = await call(page, 'catalog.publish', next));
  }
  return shareId;
}

/** From the page, with its session; waits where the server asks for that. */
function call(page: Page, procedure: string, input: unknown): Promise<{ revision: number }> {
  return page.evaluate(
    async ([path, body]) => {
      for (;;) {
        const headers = { 'content-type': 'application/json' };
        const answer = await fetch(`/trpc/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
        const { result, error } = await answer.json();
        if (result) return result.data;
        if (!error.data.retryAfterMs) throw new Error(JSON.stringify(error));
        await new Promise((resolve) => setTimeout(resolve, error.data.retryAfterMs));
      }
    },
    [procedure, input] as const,
  );
}
