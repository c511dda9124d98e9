// How many answers one address gets: a token bucket each, in a map that cannot grow. Pure: time is given.
// rate-limiter-flexible keeps a record and a timer for every key it ever saw; sender addresses of datagrams can be
// forged, so that anybody could fill the memory.
import { ipBytes } from './ip-bytes.ts';

/** An office behind one address that comes back after a power cut; browsers ask again every ten seconds at most. */
const BURST_ANSWERS = 200;
/** What a forged sender address can make us send to its owner: 6 KB in a second. */
const ANSWERS_PER_SECOND = 100;
const MAX_ADDRESSES = 20_000;
const IPV6_NETWORK_BYTES = 8;

interface Bucket {
  tokens: number;
  atMs: number;
}

export class AddressLimit {
  /** By last use, the oldest first. */
  readonly #buckets = new Map<string, Bucket>();
  readonly #maxAddresses: number;

  constructor(maxAddresses = MAX_ADDRESSES) {
    this.#maxAddresses = maxAddresses;
  }

  /**
   * Whether this address may have one more answer. When all buckets are in use, newcomers get none: forgetting one
   * that is in use would make a flood of forged addresses lift the limit of all others.
   */
  take(address: string, nowMs: number): boolean {
    const key = networkOf(address);
    const bucket = this.#buckets.get(key);
    if (!bucket && this.#buckets.size >= this.#maxAddresses && !this.#forgetOldest(nowMs)) return false;
    const tokens = bucket ? tokensAt(bucket, nowMs) : BURST_ANSWERS;
    this.#buckets.delete(key);
    this.#buckets.set(key, { tokens: Math.max(0, tokens - 1), atMs: nowMs });
    return tokens >= 1;
  }

  #forgetOldest(nowMs: number): boolean {
    const [oldest] = this.#buckets;
    if (!oldest || tokensAt(oldest[1], nowMs) < BURST_ANSWERS) return false;
    return this.#buckets.delete(oldest[0]);
  }
}

function tokensAt({ tokens, atMs }: Bucket, nowMs: number): number {
  return Math.min(BURST_ANSWERS, tokens + ((nowMs - atMs) / 1000) * ANSWERS_PER_SECOND);
}

/** Whoever has one IPv6 address has the 64 bits after the network, too. */
function networkOf(address: string): string {
  const bytes = ipBytes(address);
  return bytes?.length === 16 ? bytes.toString('hex', 0, IPV6_NETWORK_BYTES) : address;
}
