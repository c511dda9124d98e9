// The content id: a Merkle tree over chunk hashes with the domain separation of RFC 6962, section 2.1.
// Knows nothing of where the hashes come from.
import { HASH_BYTES, hashNode } from './hash.ts';

const LEAF_PREFIX = 0x00;
const NODE_PREFIX = 0x01;

/**
 * The root over any number of 32-byte hashes, taken in order. The same hashes always give the same root;
 * another order, count or value gives another one. No hashes: SHA-256 of nothing, as the RFC has it.
 */
export function merkleRoot(hashes: Iterable<Uint8Array>): Uint8Array {
  // Roots of complete subtrees, biggest first, at most one of each height: a binary counter. Folding them
  // from the right gives the RFC's tree, which splits at the largest power of two below the count.
  const peaks: { height: number; root: Uint8Array }[] = [];
  for (const hash of hashes) {
    let peak = { height: 0, root: leafHash(hash) };
    while (peaks.at(-1)?.height === peak.height) {
      peak = { height: peak.height + 1, root: nodeHash(peaks.pop()!.root, peak.root) };
    }
    peaks.push(peak);
  }
  const last = peaks.pop();
  if (!last) return hashNode(new Uint8Array(0));
  return peaks.reduceRight((right, peak) => nodeHash(peak.root, right), last.root);
}

function leafHash(hash: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + HASH_BYTES);
  input[0] = LEAF_PREFIX;
  input.set(hash, 1);
  return hashNode(input);
}

function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + 2 * HASH_BYTES);
  input[0] = NODE_PREFIX;
  input.set(left, 1);
  input.set(right, 1 + HASH_BYTES);
  return hashNode(input);
}
