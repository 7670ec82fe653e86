import { expect, type Page } from '@playwright/test';
import axe from 'axe-core';

/** What axe finds on the page that is shown now, as far as it is serious or critical; the colours in each theme. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  await show(page, 'light');
  const light = await findingsNow(page, {});
  await show(page, 'dark');
  const dark = await findingsNow(page, { runOnly: ['color-contrast', 'link-in-text-block'] });
  return [...light, ...dark.map((finding) => `dark: ${finding}`)];
}

/** The page of somebody whose theme is the system's, in this one, and no colour on its way any more. */
async function show(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await expect(page.getByRole('document')).toHaveAttribute('data-theme', theme);
  // Where something is folded, a transition would wait until it is unfolded.
  await page.evaluate(() => {
    for (const each of document.getAnimations()) if (each instanceof CSSTransition) each.finish();
  });
}

async function findingsNow(page: Page, rules: axe.RunOptions): Promise<string[]> {
  const { violations } = await page.evaluate(
    (options) =>
      (globalThis as typeof globalThis & { axe: typeof axe }).axe.run(document, {
        ...options,
        resultTypes: ['violations'],
      }),
    rules,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}
