// Checks a page with axe, in both themes: WCAG 2.2 AA and the tool's best practices. Knows no view.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Experimental, and at odds with names that stay the same while a count beside them changes. */
const LEFT_OUT = ['label-content-name-mismatch'];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

export async function expectAccessible(page: Page, view: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForFunction(isAtRest);
    const axe = new AxeBuilder({ page });
    // Themes differ in their colours alone.
    if (colorScheme === 'dark') axe.withRules(COLOUR_RULES);
    else axe.withTags(RULES).disableRules(LEFT_OUT);
    const { violations } = await axe.analyze();
    const found = violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html.slice(0, 200)) }));
    expect(found, `${view}, ${colorScheme}`).toEqual([]);
  }
}

/** A colour on its way to another is neither. What turns for ever, or was stopped half way, is never waited for. */
function isAtRest(): boolean {
  return document
    .getAnimations()
    .every(({ playState, effect }) => playState !== 'running' || effect?.getComputedTiming().endTime === Infinity);
}
