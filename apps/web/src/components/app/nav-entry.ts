// What a link of the navigation is given, in the sidebar as in the bottom tabs, and when it shows as the present one.
import type { Component } from 'vue';
import type { MessageKey } from '../../i18n/message-key.ts';

export interface NavEntry {
  to: string;
  icon: Component;
  label: string;
  count?: number;
  /** What the count is of. */
  counted?: MessageKey;
}

/** Whatever is below a page belongs to it; below the start page is everything. */
export function whenActive(to: string, classes: string): { activeClass?: string; exactActiveClass?: string } {
  return to === '/' ? { exactActiveClass: classes } : { activeClass: classes };
}
