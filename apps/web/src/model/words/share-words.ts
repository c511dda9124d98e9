// Where a share stands, in words for every status and problem there is, and what happens next. Pure.
import { LIMITS } from '@ferry/shared';
import type { ShareProblem, ShareSnapshot } from '../../adapters/catalog-contract.ts';
import type { SharingKey } from '../../i18n/sharing-words.ts';
import { sharePercent } from '../sharing/share-progress.ts';
import type { Phrase } from './phrase.ts';

const PROBLEMS: Record<ShareProblem, SharingKey> = {
  'too-many': 'sharing.state.tooMany',
  unreadable: 'sharing.state.unreadable',
  server: 'sharing.state.server',
};

interface ShareContext {
  number: (value: number) => string;
  /** "12 files". */
  files: (count: number) => string;
}

export function shareStateWords(share: ShareSnapshot, { number, files }: ShareContext): Phrase<SharingKey> {
  const { status, problem = 'server', foundCount, publishedCount } = share;
  switch (status) {
    case 'scanning':
      return foundCount === 0
        ? { key: 'sharing.state.scanning' }
        : { key: 'sharing.state.scanningFound', count: foundCount };
    case 'publishing':
      return { key: 'sharing.state.publishing', named: { done: number(publishedCount), files: files(foundCount) } };
    case 'listed': {
      const percent = sharePercent(share);
      if (percent !== null) return { key: 'sharing.state.verifying', named: { percent } };
      return { key: publishedCount === 0 ? 'sharing.state.listedEmpty' : 'sharing.state.listed' };
    }
    case 'locked':
      return { key: 'sharing.state.locked' };
    case 'disconnected':
      return { key: 'sharing.state.disconnected' };
    case 'failed':
      return { key: PROBLEMS[problem], named: { count: number(LIMITS.catalogEntriesPerOwner) } };
  }
}

/** What is spoken of shares as they change: turns of state, never every file. */
export function shareAnnouncements(
  before: readonly ShareSnapshot[],
  after: readonly ShareSnapshot[],
  { files }: ShareContext,
): Phrase<SharingKey>[] {
  const known = new Map(before.map((share) => [share.shareId, share]));
  return after.flatMap((share) => {
    const before = known.get(share.shareId);
    return before?.status === share.status ? [] : (turnOf(share, before === undefined, files) ?? []);
  });
}

function turnOf(
  { title, status, publishedCount }: ShareSnapshot,
  isFirst: boolean,
  files: ShareContext['files'],
): Phrase<SharingKey> | null {
  switch (status) {
    case 'listed':
      // What was listed when the page came is no news.
      return isFirst ? null : { key: 'sharing.announce.listed', named: { title, files: files(publishedCount) } };
    case 'locked':
    case 'disconnected':
    case 'failed':
      return { key: `sharing.announce.${status}`, named: { title } };
    default:
      return null;
  }
}
