// For whom a signal is: the session there is, a new one, nobody any more. Pure; knows sessions by their ids only.
import type { SessionSignal } from './session-signal.ts';

/** What must be known of the session there is. */
export interface KnownSession {
  readonly id: string;
  /** The other incarnation, once it has spoken. */
  readonly remoteId: string | null;
  /** See {@link Negotiation.isOffering}. */
  readonly isOffering: boolean;
}

export type SignalRecipient =
  | 'session'
  /** An offer of an incarnation that needs one of its own. */
  | 'new-session'
  /** It is meant for an incarnation of this side that is gone. */
  | 'gone'
  /** It is of no use. */
  | 'nobody';

/** @param polite which side of the two this is; see {@link Negotiation} */
export function recipientOf(
  { from, to, body }: SessionSignal,
  session: KnownSession | undefined,
  polite: boolean,
): SignalRecipient {
  if (to !== null && to !== session?.id) return 'gone';
  const isOffer = body.type === 'description' && body.description.type === 'offer';
  const isFirst = session?.remoteId === null;
  // Of two first offers the impolite side's stands. The polite side begins anew for it instead of taking
  // its own back: after a rollback that comes at once, Chromium may gather no candidates at all.
  const collides = isFirst && isOffer && session.isOffering;
  if (collides && !polite) return 'nobody';
  // Candidates and farewells of an incarnation that this session never met are not for it.
  const isMet = isFirst ? isOffer || to !== null : session?.remoteId === from;
  if (isMet && !collides) return 'session';
  return isOffer ? 'new-session' : 'nobody';
}
