// What the signed-in page does beside showing itself: title, favicon, speech, notifications, wake lock, keys, paste,
// and the warning before leaving. Each lives in a file of its own.
import { useAnnouncements } from './useAnnouncements.ts';
import { useGlobalKeys } from './useGlobalKeys.ts';
import { useLeaveWarning } from './useLeaveWarning.ts';
import { useNotifications } from './useNotifications.ts';
import { usePageTitle } from './usePageTitle.ts';
import { usePasting } from './usePasting.ts';
import { useProgressIcon } from './useProgressIcon.ts';
import { useTransferWakeLock } from './useTransferWakeLock.ts';

export function usePageEffects() {
  usePageTitle();
  useProgressIcon();
  useAnnouncements();
  useNotifications();
  useTransferWakeLock();
  useLeaveWarning();
  usePasting();
  return useGlobalKeys();
}
