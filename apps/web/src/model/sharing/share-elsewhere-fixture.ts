// A share on another device to vary in tests and in the gallery: a folder on a laptop that is away.
import type { ShareElsewhere } from '@ferry/shared';

export function shareElsewhere(change: Partial<ShareElsewhere> = {}): ShareElsewhere {
  return {
    shareId: 'e1',
    deviceId: 'laptop',
    deviceName: 'Chrome on Windows',
    isOnline: false,
    lastSeenAt: 1000,
    title: 'Old drafts',
    kind: 'folder',
    audience: { type: 'everyone' },
    fileCount: 412,
    totalBytes: 3.1e9,
    ...change,
  };
}
