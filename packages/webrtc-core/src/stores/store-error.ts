// The browser's storage errors in our words. Knows no files.
import { ContentError } from '../errors.ts';

/** Chromium reports a full disk, too, as an exceeded quota. */
export function storeError(error: unknown): ContentError {
  if (error instanceof ContentError) return error;
  if (error instanceof DOMException && error.name === 'QuotaExceededError') return ContentError.storeFull(error);
  return ContentError.storeFailed(error);
}

export async function withStoreErrors<Result>(action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    throw storeError(error);
  }
}
