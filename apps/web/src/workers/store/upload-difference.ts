// Whether files that were chosen again are those that were encrypted before: compares a sample of chunks with their tags,
// and hands out nothing. Knows no holders and no disk.
import type { ChunkTags, StripeCipher } from '@ferry/webrtc-core/erasure';
import type { PlainStream } from './plain-stream.ts';

const SAMPLES = 16;

export interface EncryptedBefore {
  cipher: StripeCipher;
  tags: ChunkTags;
  /** Data shards of a stripe. */
  k: number;
}

/** @throws ContentError `source-changed` for what cannot be read */
export async function differs(stream: PlainStream, { cipher, tags, k }: EncryptedBefore): Promise<boolean> {
  for (const chunk of samplesOf(tags)) {
    const place = { stripe: Math.floor(chunk / k), column: chunk % k };
    const { tag } = await cipher.encrypt(place, await stream.read(chunk));
    const before = tags.get(chunk);
    if (before?.some((byte, at) => byte !== tag[at])) return true;
  }
  return false;
}

/** Spread evenly over those that were encrypted, the first and the last among them. */
function samplesOf(tags: ChunkTags): number[] {
  const known: number[] = [];
  for (let chunk = 0; chunk < tags.chunkCount; chunk++) if (tags.get(chunk)) known.push(chunk);
  const step = Math.max(1, (known.length - 1) / (SAMPLES - 1));
  const samples = new Set<number>();
  for (let at = 0; at < known.length; at += step) samples.add(known[Math.round(at)]!);
  return [...samples];
}
