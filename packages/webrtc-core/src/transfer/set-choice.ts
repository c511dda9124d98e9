// Which source is best asked for which chunk of a set, of those that may be. Pure.
import type { Doubts } from './doubts.ts';
import type { SetSource } from './set-source.ts';
import type { SetUnderWay } from './set-under-way.ts';

export interface Choice {
  readonly source: SetSource;
  readonly chunk: number;
}

/**
 * @param may leaves out what must not be asked
 * @param isDripping whose chunks take so long that any other is better
 */
export function bestChoice(
  set: SetUnderWay,
  sources: Iterable<SetSource>,
  doubts: Doubts,
  may: (source: SetSource, chunk: number) => boolean,
  isDripping: (source: SetSource) => boolean = () => false,
): Choice | undefined {
  let best: (Choice & { rank: readonly number[] }) | undefined;
  for (const source of sources) {
    const drips = Number(isDripping(source));
    for (const [place, chunk] of set.chunks.entries()) {
      if (!may(source, chunk) || !source.queue.mayGive(chunk)) continue;
      const rank = [drips, ...rankOf(set, source, chunk, place, doubts)];
      if (!best || isBefore(rank, best.rank)) best = { source, chunk, rank };
    }
  }
  return best;
}

/** What comes first matters most; less is better. */
function rankOf(set: SetUnderWay, source: SetSource, chunk: number, place: number, doubts: Doubts): number[] {
  return [
    // What was damaged once may be again; any other chunk will do.
    Number(source.failed.has(chunk)),
    doubts.of(chunk),
    Number(!set.isFree(chunk)),
    // All sources together are quicker than the quickest of them.
    source.queue.bytes,
    // The first are best to have. After a rejection another choice is needed, whatever is best.
    (place + set.rejections) % set.chunks.length,
    source.usualMs,
  ];
}

function isBefore(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at !== -1 && a[at]! < b[at]!;
}
