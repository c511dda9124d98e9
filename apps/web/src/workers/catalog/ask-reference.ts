// What a device asks for, and whether its capability is for that. Pure: checks no signature and opens nothing.
import { type AskReference, askReferenceSchema, type CapabilityClaims, type Want } from '@ferry/shared';

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
export function isLeaveFor({ share, contents }: CapabilityClaims, want: Want): boolean {
  if (want.type === 'place') return share === want.shareId;
  const allowed = new Set(contents);
  return want.contentIds.every((contentId) => allowed.has(contentId));
}
