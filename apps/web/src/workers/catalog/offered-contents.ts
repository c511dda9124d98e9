// Files that are asked for by their content, found where they are: in shares of one's own that the leave names, or held from
// the shares that it names. Checks no leave.
import type { ContentsOfShares } from '@ferry/shared';
import { type BundledFile, filesOf, type RefusalReason } from '@ferry/webrtc-core';
import { contentIdText } from './content-id-text.ts';
import type { HeldContents } from './held-contents.ts';
import type { SharedFiles } from './shared-files.ts';

export interface OfferedContentsOptions {
  shared: Pick<SharedFiles, 'withContents' | 'isWithheld'>;
  held: Pick<HeldContents, 'find'>;
}

export interface OfferedContents {
  files: BundledFile[];
  /** Some of them are passed on: it is not known here for how long they may be. */
  isHeld: boolean;
}

/** In the order in which they are asked for; what is not here is left out. */
export async function offeredContents(
  wanted: readonly ContentsOfShares[],
  userId: string,
  options: OfferedContentsOptions,
): Promise<OfferedContents | RefusalReason> {
  const files: BundledFile[] = [];
  const reasons = new Set<RefusalReason>();
  let isHeld = false;
  for (const group of wanted) {
    const shared = await sharedFiles(group, userId, options.shared, reasons);
    for (const contentId of new Set(group.contentIds)) {
      const own = shared.get(contentId);
      const held = own ? undefined : await heldFile(contentId, group.shareIds, userId, options);
      if (held === 'expired') reasons.add(held);
      else if (held) isHeld = true;
      const file = own ?? held;
      if (typeof file === 'object') files.push(file);
    }
  }
  if (files.length > 0) return { files, isHeld };
  return reasons.has('unreadable') ? 'unreadable' : reasons.has('expired') ? 'expired' : 'not-found';
}

/** By content id. */
async function sharedFiles(
  { shareIds, contentIds }: ContentsOfShares,
  userId: string,
  shared: OfferedContentsOptions['shared'],
  reasons: Set<RefusalReason>,
): Promise<Map<string, BundledFile>> {
  const files = new Map<string, BundledFile>();
  for (const shareId of shareIds) {
    const bundle = await shared.withContents(shareId, contentIds, userId);
    if (typeof bundle === 'string') reasons.add(bundle);
    else for (const file of filesOf(bundle)) files.set(contentIdText(file.entry.contentId!), file);
  }
  return files;
}

/** `expired` for leave that was good before more of it came, from another share: better leave can be had. */
async function heldFile(
  contentId: string,
  shareIds: readonly string[],
  userId: string,
  { shared, held }: OfferedContentsOptions,
): Promise<BundledFile | 'expired' | undefined> {
  // Of most of these shares nothing is known here; of one's own, what the server says of them is not enough.
  if (shareIds.some((shareId) => shared.isWithheld(shareId, userId))) return undefined;
  const file = await held.find(contentId, shareIds);
  return file === 'other-shares' ? 'expired' : file;
}
