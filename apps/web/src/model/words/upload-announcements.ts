// What the one live region says when uploads and deliveries change: turns of state, never every percent.
import type { StoreUpload, UploadStatus } from '../../adapters/store-contract.ts';
import type { StoreKey } from '../../i18n/store-words.ts';
import type { Phrase } from './phrase.ts';

export function uploadAnnouncements(before: readonly StoreUpload[], after: readonly StoreUpload[]): Phrase<StoreKey>[] {
  const known = new Map(before.map((upload) => [upload.versionId, upload]));
  return after.flatMap((upload) => announcementOf(known.get(upload.versionId), upload) ?? []);
}

function announcementOf(before: StoreUpload | undefined, now: StoreUpload): Phrase<StoreKey> | null {
  // What is here when the page opens is no news.
  if (!before) return null;
  const named = { title: now.title, name: now.to?.username ?? '' };
  if (now.isSafeToClose && !before.isSafeToClose)
    return { key: now.kind === 'delivery' ? 'announceStore.mayLeave' : 'announceStore.safe', named };
  if (before.status === now.status) return null;
  const key = TURNS[now.status];
  return key ? { key, named } : null;
}

const TURNS: Record<UploadStatus, StoreKey | null> = {
  'waiting-for-people': 'announceStore.waiting',
  spreading: 'announceStore.spreading',
  safe: null,
  paused: 'announceStore.paused',
  'files-needed': 'announceStore.filesNeeded',
  'files-locked': 'announceStore.filesLocked',
  failed: 'announceStore.failed',
};
