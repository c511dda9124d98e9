// Who repairs a group now, as a pure machine: one peer at a time, for ten minutes, an hour at most while it gets on, with a
// token that grows. Whoever was
// thought gone and comes back late has an old token, and what it made is not taken (a fencing token, after M. Kleppmann).

export const LEASE_MS = 10 * 60_000;
/** From when it was taken: 448 MiB, which the largest code pulls, at 1 Mbit/s. Somebody else may have a faster line. */
export const LONGEST_LEASE_MS = 60 * 60_000;

export type RepairLease =
  | { readonly status: 'free'; readonly lastToken: number }
  | {
      readonly status: 'leased';
      readonly lastToken: number;
      readonly peerId: string;
      readonly takenMs: number;
      readonly untilMs: number;
    };

type Leased = Extract<RepairLease, { status: 'leased' }>;

export type LeaseEvent =
  | { readonly type: 'take'; readonly peerId: string }
  /** Some column got on; it goes on for ten minutes from now, but never beyond an hour. */
  | { readonly type: 'renew'; readonly token: number }
  /** All is made, or the repairer gave up. */
  | { readonly type: 'end'; readonly token: number };

export type LeaseEffect =
  | { readonly type: 'granted'; readonly token: number; readonly untilMs: number }
  | { readonly type: 'refused'; readonly reason: 'leased' | 'token-old' };

type Step = [RepairLease, LeaseEffect[]];

export const NEVER_LEASED: RepairLease = { status: 'free', lastToken: 0 };

export function leaseTransition(lease: RepairLease, event: LeaseEvent, nowMs: number): Step {
  if (event.type === 'take') {
    if (isLeased(lease, nowMs)) return [lease, [{ type: 'refused', reason: 'leased' }]];
    return granted({ lastToken: lease.lastToken + 1, peerId: event.peerId, takenMs: nowMs }, nowMs);
  }
  if (lease.status === 'free' || !isCurrent(lease, event.token, nowMs)) {
    return [lease, [{ type: 'refused', reason: 'token-old' }]];
  }
  switch (event.type) {
    case 'renew':
      return granted(lease, nowMs);
    case 'end':
      return [{ status: 'free', lastToken: lease.lastToken }, []];
    default:
      return event satisfies never;
  }
}

export function isLeased(lease: RepairLease, nowMs: number): boolean {
  return lease.status === 'leased' && nowMs < lease.untilMs;
}

/** Whether columns made with this token are taken. Nobody took over means nothing: the time that was granted is over. */
export function isCurrent(lease: RepairLease, token: number, nowMs: number): boolean {
  return isLeased(lease, nowMs) && token === lease.lastToken;
}

function granted({ lastToken, peerId, takenMs }: Omit<Leased, 'status' | 'untilMs'>, nowMs: number): Step {
  const untilMs = Math.min(nowMs + LEASE_MS, takenMs + LONGEST_LEASE_MS);
  const lease: Leased = { status: 'leased', lastToken, peerId, takenMs, untilMs };
  return [lease, [{ type: 'granted', token: lastToken, untilMs }]];
}
