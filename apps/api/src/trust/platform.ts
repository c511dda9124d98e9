// What kind of device a browser says it runs on, to open the right steps first. A guess: all the steps are there.

export const PLATFORMS = ['windows', 'macos', 'ios', 'android', 'linux'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** The order counts: Android says Linux, too. An iPad says it is a Mac. */
const SIGNS: [RegExp, Platform][] = [
  [/\b(iPhone|iPad|iPod)\b/, 'ios'],
  [/\bAndroid\b/, 'android'],
  [/\bWindows NT\b/, 'windows'],
  [/\bMacintosh\b/, 'macos'],
  [/\b(Linux|X11)\b/, 'linux'],
];

export function platformOf(userAgent: string | undefined): Platform | undefined {
  return SIGNS.find(([sign]) => sign.test(userAgent ?? ''))?.[1];
}
