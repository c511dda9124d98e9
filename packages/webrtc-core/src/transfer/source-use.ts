// What one of the devices that a receiver asks is good for now: from what it said, when, and what it gave. Pure.
import type { Inquiry } from './inquiry.ts';
import type { SourceUse } from './source-choice.ts';

/** What was given so lately counts, whatever is lacking at this moment: nobody is let go between two chunks. */
const GAVE_LATELY_MS = 10_000;
/** An answer needs no disk: whoever says nothing for so long does not answer. */
const MUTE_AFTER_MS = 10_000;

/** @param canGive whether it has something of what is fetched now */
export function useOf(inquiry: Inquiry, canGive: (peerId: string) => boolean, nowMs: number): SourceUse {
  if (!inquiry.link) return 'away';
  switch (inquiry.info.status) {
    case 'asking':
      return nowMs - inquiry.heardAtMs < MUTE_AFTER_MS ? 'unknown' : 'useless';
    case 'serving': {
      if (!inquiry.isActive) return 'waits';
      const gaveLately = inquiry.gaveAtMs !== undefined && nowMs - inquiry.gaveAtMs < GAVE_LATELY_MS;
      return gaveLately || canGive(inquiry.options.peerId) ? 'gives' : 'useless';
    }
    case 'queued':
    case 'paused':
      return 'waits';
    default:
      return 'useless';
  }
}
