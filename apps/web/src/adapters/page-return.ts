// Tells when somebody looks at the page again after a while: what is on the disk may have changed meanwhile. Knows
// nothing of what is done then.

type Page = Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;

/**
 * @param awayMs how long nobody must have looked
 * @returns how to stop
 */
export function onPageReturn(awayMs: number, returned: () => void, page: Page = document): () => void {
  let hiddenSinceMs = page.visibilityState === 'hidden' ? performance.now() : undefined;
  const changed = () => {
    if (page.visibilityState === 'hidden') {
      hiddenSinceMs ??= performance.now();
      return;
    }
    const wasAway = hiddenSinceMs !== undefined && performance.now() - hiddenSinceMs >= awayMs;
    hiddenSinceMs = undefined;
    if (wasAway) returned();
  };
  page.addEventListener('visibilitychange', changed);
  return () => page.removeEventListener('visibilitychange', changed);
}
