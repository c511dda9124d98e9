// What a device asks for, and whether its capability is for that. Pure: checks no signature and opens nothing.
import {
  type AskReference,
  askReferenceSchema,
  type CapabilityClaims,
  type ContentsOfShares,
  type Want,
} from '@ferry/shared';

/** The wire has the same bound; capability and contents are below it together. */
const MOST_CHARACTERS = 64 * 1024;

/** Undefined for what no Ferry writes. */
export function parseReference(text: string): AskReference | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  try {
    return askReferenceSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Whether these claims are leave to fetch this. */
export function isLeaveFor({ share, contents = [] }: CapabilityClaims, want: Want): boolean {
  if (want.type === 'place') return share === want.shareId;
  return want.of.every((wanted) => contents.some((allowed) => isWithin(wanted, allowed)));
}

/** Leave is by all of the shares that it names together: by fewer of them it would be less, by others another one. */
function isWithin(wanted: ContentsOfShares, allowed: ContentsOfShares): boolean {
  const shareIds = new Set(allowed.shareIds);
  const isSame = shareIds.size === new Set(wanted.shareIds).size && wanted.shareIds.every((id) => shareIds.has(id));
  const contentIds = new Set(allowed.contentIds);
  return isSame && wanted.contentIds.every((contentId) => contentIds.has(contentId));
}
