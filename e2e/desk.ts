import { expect, type Locator, type Page } from '@playwright/test';

/** The SQL page of one database, as a person works with it: by names and keys. */
export type Desk = {
  page: Page;
  editor: Locator;
  toolbar: Locator;
  /** Goes to the page and waits for the editor. */
  open(path?: string): Promise<void>;
  /** Replaces the editor's text, key by key. */
  type(sql: string): Promise<void>;
  /** Replaces the editor's text in one go, as an input method does: for long texts. */
  put(sql: string): Promise<void>;
  /** Puts the text and runs the statement at its end. */
  run(sql: string): Promise<void>;
  /** Puts the text and runs all of it. */
  runAll(sql: string): Promise<void>;
  /** Expects this text in the editor, which gives it out while it has the focus. */
  expectText(sql: string): Promise<void>;
  /** The rows of a statement. */
  grid(statement?: number): Locator;
  /** One tab for each statement. */
  tabs: Locator;
};

/** The SQL page of the sample database. */
export const blog = '/s/demo/blog/query';

/** The SQL page in `page`. */
export function deskOf(page: Page): Desk {
  const editor = page.getByRole('textbox', { name: 'SQL editor' });
  const toolbar = page.getByRole('toolbar', { name: 'Run' });
  const clear = async () => {
    await editor.focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
  };
  const desk: Desk = {
    page,
    editor,
    toolbar,
    open: async (path = blog) => {
      await page.goto(path);
      await expect(editor).toBeVisible();
    },
    type: async (sql) => {
      await clear();
      await page.keyboard.type(sql);
    },
    put: async (sql) => {
      await clear();
      await page.keyboard.insertText(sql);
    },
    run: async (sql) => {
      await desk.put(sql);
      await page.keyboard.press('Control+Enter');
    },
    runAll: async (sql) => {
      await desk.put(sql);
      await page.keyboard.press('Control+Shift+Enter');
    },
    expectText: async (sql) => {
      await editor.focus();
      await expect(editor).toHaveValue(sql);
    },
    grid: (statement = 1) =>
      page.getByRole('grid', { name: `Result of statement ${statement}`, exact: true }),
    tabs: page.getByRole('tablist', { name: 'Statements' }).getByRole('tab'),
  };
  return desk;
}

/** The cells of a row of a grid, from 0, without the row's number. */
export function cellsOf(grid: Locator, row: number): Locator {
  return grid
    .getByRole('row')
    .nth(row + 1)
    .getByRole('gridcell');
}

/** Presses Tab until `target` has the focus. */
export async function tabTo(page: Page, target: Locator, most = 40): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  await expect(target, `reached by ${most} presses of Tab`).toBeFocused();
}
