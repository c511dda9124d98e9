// What a receiver has whole, by content: for finding it again, and for others who look for the same. Knows no database.
import type { Receiver } from '@ferry/webrtc-core';
import { contentIdText } from './content-id-text.ts';
import type { KeptContent } from './download-record.ts';

/** Every file of a receiver that both sides agree on; empty ones are not worth finding. */
export function keptContents(
  receiver: Pick<Receiver, 'transfer' | 'chosen' | 'agreed' | 'contentIdOf'>,
  { isShareable }: { isShareable: boolean },
): KeptContent[] {
  const kept: KeptContent[] = [];
  for (const [entryIndex, { sizeBytes }] of (receiver.chosen?.entries ?? []).entries()) {
    if (sizeBytes === 0 || !receiver.agreed?.has(entryIndex)) continue;
    const contentId = receiver.contentIdOf(entryIndex);
    if (!contentId) continue;
    const content = { transferId: receiver.transfer, entryIndex, contentId: contentIdText(contentId) };
    kept.push(isShareable ? { ...content, shareableBytes: sizeBytes } : content);
  }
  return kept;
}
