// A lease as the database keeps it, and as its machine knows it. A row outlives its lease, for the sake of the token. Pure.
import type { LeaseRow } from '../db/queries/store-leases.ts';
import { LEASE_MS, NEVER_LEASED, type RepairLease } from './repair-lease.ts';

export function leaseOf(row: LeaseRow | undefined): RepairLease {
  if (!row) return NEVER_LEASED;
  const { token: lastToken, deviceId, leasedUntil, plan } = row;
  if (deviceId === null || leasedUntil === 0) return { status: 'free', lastToken };
  const takenMs = plan.takenMs ?? leasedUntil - LEASE_MS;
  return { status: 'leased', lastToken, peerId: deviceId, takenMs, untilMs: leasedUntil };
}

/** Whoever had the lease last stays in it: what they say twice is known to be theirs. */
export function rowOf(lease: RepairLease, row: LeaseRow): LeaseRow {
  if (lease.status === 'free') return { ...row, token: lease.lastToken, leasedUntil: 0 };
  const { lastToken: token, peerId: deviceId, untilMs: leasedUntil, takenMs } = lease;
  return { ...row, token, deviceId, leasedUntil, plan: { ...row.plan, takenMs } };
}
