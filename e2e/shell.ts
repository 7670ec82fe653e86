import { expect, type Locator, type Page } from '@playwright/test';

/** The command palette. */
export function paletteOf(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Go to a page, or do something' });
}

/**
 * Waits until the page hears keys and clicks: what the server wrote is seen before its script runs. To be called
 * after a page was loaded and before a click that only a script answers.
 */
export async function awake(page: Page): Promise<void> {
  const palette = paletteOf(page);
  await expect(async () => {
    await page.keyboard.press('Control+K');
    await expect(palette).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
}
