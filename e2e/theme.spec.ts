import type { Page } from '@playwright/test';
import { blog, deskOf } from './desk';
import { test as base, expect } from './fixtures';
import { enter, makeUser } from './newcomers';
import { awake, paletteOf } from './shell';

/** The theme is kept for the user: whoever chooses one here is nobody else's developer. */
const test = base.extend<{ chooser: Page }>({
  chooser: async ({ admin, openPage, marker }, use) => {
    await makeUser(admin.request, { username: marker, role: 'developer', level: 'write' });
    const page = await openPage();
    await enter(page.request, marker);
    await use(page);
  },
});

type Frame = { hasBody: boolean; theme: string | undefined };
type Recorder = { frames: Frame[] };

/** Notes the theme in every frame of the next pages, from the first on. */
async function recordFrames(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const frames: Frame[] = [];
    Object.assign(globalThis, { frames } satisfies Recorder);
    const note = () => {
      const root = document.documentElement;
      frames.push({ hasBody: document.body !== null, theme: root?.dataset.theme });
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
}

/** The themes of the frames in which there was something to paint. */
async function themesOf(page: Page): Promise<string[]> {
  const frames = await page.evaluate(() => (globalThis as typeof globalThis & Recorder).frames);
  return [...new Set(frames.filter(({ hasBody }) => hasBody).map(({ theme }) => theme ?? 'none'))];
}

for (const theme of ['light', 'dark'] as const) {
  const other = theme === 'light' ? 'dark' : 'light';

  test(`a system that is ${theme} gets ${theme}, from the first frame on`, async ({ page, developer }) => {
    for (const [each, path] of [
      [page, '/sign-in'],
      [developer, '/'],
    ] as const) {
      await each.emulateMedia({ colorScheme: theme });
      await recordFrames(each);
      await each.goto(path);
      await expect(each.getByRole('heading', { level: 1 })).toBeVisible();
      await expect.poll(() => themesOf(each)).toEqual([theme]);
      await each.emulateMedia({ colorScheme: other });
      await expect(each.getByRole('document')).toHaveAttribute('data-theme', other);
    }
  });

  test(`who chose ${theme} gets ${theme}, whatever the system says`, async ({ chooser }) => {
    await chooser.emulateMedia({ colorScheme: other });
    await chooser.goto('/');
    await awake(chooser);
    await chooser.getByRole('button', { name: 'Theme' }).click();
    await chooser.getByRole('menuitemradio', { name: theme === 'light' ? 'Light' : 'Dark' }).click();
    await expect(chooser.getByRole('document')).toHaveAttribute('data-theme', theme);
    await recordFrames(chooser);
    for (const path of ['/', '/history', '/sign-in']) {
      await chooser.goto(path);
      await expect(chooser.getByRole('heading', { level: 1 })).toBeVisible();
      await expect.poll(() => themesOf(chooser), path).toEqual([theme]);
    }
  });
}

test('the theme goes along to another browser, from its first frame on', async ({
  chooser,
  openPage,
  marker,
}) => {
  await chooser.emulateMedia({ colorScheme: 'light' });
  await chooser.goto('/settings/profile');
  await awake(chooser);
  await chooser.getByRole('combobox', { name: 'Theme' }).selectOption('Dark');
  await expect(chooser.getByRole('document')).toHaveAttribute('data-theme', 'dark');
  const other = await openPage();
  await other.emulateMedia({ colorScheme: 'light' });
  await enter(other.request, marker);
  await recordFrames(other);
  await other.goto('/history');
  await expect(other.getByRole('heading', { level: 1 })).toBeVisible();
  await expect.poll(() => themesOf(other)).toEqual(['dark']);
});

test('the palette leads to a page by a few letters, and does things', async ({ chooser: developer }) => {
  const palette = paletteOf(developer);
  const desk = deskOf(developer);
  await desk.open();
  await desk.editor.focus();
  await developer.keyboard.press('Control+K');
  await expect(palette.getByRole('option', { name: 'SQL · blog' })).toBeVisible();
  await developer.keyboard.type('hist');
  await expect(palette.getByRole('option')).toHaveText([/History/]);
  await developer.keyboard.press('Enter');
  await expect(developer).toHaveURL('/history');
  await expect(palette).toBeHidden();

  await developer.keyboard.press('Control+K');
  await expect(palette.getByRole('group', { name: 'Recent' }).getByRole('option')).toHaveText([/History/]);
  await developer.keyboard.type('dark theme');
  await developer.keyboard.press('Enter');
  await expect(developer.getByRole('document')).toHaveAttribute('data-theme', 'dark');

  await developer.keyboard.press('Control+K');
  await developer.keyboard.type('sqlblog');
  await developer.keyboard.press('Enter');
  await expect(developer).toHaveURL(blog);

  await expect(desk.editor).toBeVisible();
  await developer.keyboard.press('Control+K');
  await developer.keyboard.type('no such thing');
  await expect(palette.getByText('Nothing by that name. Try fewer letters.')).toBeVisible();
  await developer.keyboard.press('Escape');
  await expect(palette).toBeHidden();
});

test('? lists the keys of the page, but is a letter in the editor', async ({ developer, marker }) => {
  const keys = developer.getByRole('dialog', { name: 'Keys of this page' });
  const desk = deskOf(developer);
  await desk.open();
  await desk.put('select 1');
  await developer.keyboard.type('?');
  await desk.expectText('select 1?');
  await expect(keys).toBeHidden();

  await desk.run(`select '${marker}'`);
  await expect(desk.tabs).toHaveText(['1SELECT · 1 row']);
  await developer.getByRole('link', { name: 'History' }).click();
  await expect(developer.getByRole('heading', { name: 'History', level: 1 })).toBeVisible();
  await developer.keyboard.press('?');
  await expect(keys).toContainText('Next run');
  await expect(keys).toContainText('Close the nearest thing');
  await developer.keyboard.press('Escape');
  await expect(keys).toBeHidden();
});
