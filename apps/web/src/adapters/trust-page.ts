// Whether this server hands out a root certificate of its own. The page about it is the server's, not this app's.

export const TRUST_PAGE = '/trust';

/** No answer is none, too. */
export async function hasTrustPage(): Promise<boolean> {
  try {
    const { ok } = await fetch(TRUST_PAGE, { method: 'HEAD' });
    return ok;
  } catch {
    return false;
  }
}
