import type { Locator, Page } from '@playwright/test';
import { seriousFindings } from './axe';
import { backUp } from './backups';
import { expect, test } from './fixtures';
import { awake } from './shell';

/** What shows that a page is there, by its path. */
const pages: Record<string, (main: Locator) => Locator> = {
  '/s/demo': (main) => main.getByRole('link', { name: 'blog' }),
  '/s/demo/migrations': (main) => main.getByRole('link', { name: 'practice_portal' }).first(),
  '/s/demo/practice_portal': (main) => main.getByRole('table', { name: 'Tables' }),
  '/s/demo/practice_portal?q=nothing-like-it': (main) => main.getByText('Nothing is named like'),
  '/s/demo/blog/objects/views': (main) => main.getByRole('table', { name: 'Views' }),
  '/s/demo/blog/objects/materialized-views': (main) => main.getByText('No materialized views'),
  '/s/demo/blog/objects/functions?extensions=true': (main) =>
    main.getByText('public.uuid_generate_v4', { exact: true }),
  '/s/demo/practice_portal/objects/sequences': (main) => main.getByRole('table', { name: 'Sequences' }),
  '/s/demo/blog/objects/types': (main) => main.getByText('archived'),
  '/s/demo/blog/objects/extensions': (main) => main.getByRole('table', { name: 'Extensions' }),
  '/s/demo/blog/r/public/posts': (main) => main.getByRole('grid').getByRole('gridcell').first(),
  '/s/demo/blog/r/public/posts?sort=created_at.desc&filter=status.eq.archived': (main) =>
    main.getByRole('grid').getByRole('gridcell').first(),
  '/s/demo/blog/r/public/posts?sort=nowhere.desc': (main) => main.getByRole('alert'),
  '/s/demo/blog/r/public/nowhere': (main) => main.getByText('There is no relation "nowhere"'),
  '/s/demo/nowhere': (main) => main.getByText('There is no database "nowhere"').first(),
  '/s/demo/blog/r/public/posts/structure': (main) => main.getByRole('heading', { name: 'Columns' }),
  '/s/demo/blog/r/public/active_users/structure': (main) => main.getByRole('heading', { name: 'Columns' }),
  '/s/demo/practice_portal/migrations': (main) => main.getByText('Django').first(),
  '/s/demo/pgadmin/migrations': (main) => main.getByText('Alembic').first(),
  '/s/demo/blog/migrations': (main) => main.getByText('No migration history in this database'),
  '/s/demo/activity?idle=true': (main) => main.getByRole('table', { name: 'Backends' }),
  '/s/demo/blog/health': (main) => main.getByRole('table', { name: 'Largest tables' }),
  '/settings/servers': (main) => main.getByRole('table', { name: 'Servers' }),
  '/settings/add-server': (main) => main.getByRole('button', { name: 'Add the server' }),
  '/settings/servers/demo': (main) => main.getByRole('table', { name: 'Steps of enrolment' }),
  '/settings/servers/demo/reach': (main) => main.getByRole('button', { name: 'Apply to blog' }),
  '/backups/state': (main) => main.getByRole('table', { name: 'State of the backups' }),
  '/alerts': (main) => main.getByRole('heading', { name: 'Alerts' }),
  '/settings': (main) => main.getByRole('heading', { level: 1 }),
  '/settings/audit': (main) => main.getByRole('table', { name: 'Events' }),
  '/settings/audit?q=nothing-like-it': (main) => main.getByText('No event matches these filters'),
  '/settings/store': (main) => main.getByText('Kysely').first(),
  '/settings/users': (main) => main.getByRole('table', { name: 'Users' }),
  '/settings/api-keys': (main) => main.getByRole('button', { name: 'Make a key' }),
  '/settings/profile': (main) => main.getByRole('table', { name: 'Sessions' }),
};

async function expectClean(page: Page, name: string): Promise<void> {
  expect(await seriousFindings(page), name).toEqual([]);
}

test.describe('axe finds nothing serious in either theme', () => {
  // What is below the fold is not looked at: most pages fit whole.
  test.use({ viewport: { width: 1280, height: 1600 } });

  for (const [path, shown] of Object.entries(pages)) {
    test(`on ${path}`, async ({ admin }) => {
      await admin.goto(path);
      await expect(shown(admin.getByRole('main'))).toBeVisible();
      await expectClean(admin, path);
    });
  }

  test('on the backups, the question of a restore, the jobs and one job', async ({ admin }) => {
    await admin.goto('/s/demo/unm_prep/backups');
    await expect(admin.getByRole('button', { name: 'Back up now' })).toBeVisible();
    await expectClean(admin, 'before');
    const job = await backUp(admin.request, 'unm_prep');
    const main = admin.getByRole('main');
    for (const [path, there] of [
      ['/backups', main.getByRole('button', { name: 'Restore…' }).first()],
      ['/backups?database=nowhere', main.getByText('No backup matches this filter')],
      ['/jobs', main.getByRole('link', { name: 'demo/unm_prep' }).first()],
      ['/jobs?status=interrupted', main.getByText('No job is interrupted')],
      [`/jobs/${job}`, main.getByRole('region', { name: 'Facts' })],
      ['/s/demo/unm_prep/backups', main.getByRole('button', { name: 'Restore…' }).first()],
    ] as const) {
      await admin.goto(path);
      await expect(there).toBeVisible();
      await expectClean(admin, path);
    }
    await awake(admin);
    await main.getByRole('button', { name: 'Restore…' }).first().click();
    await expect(admin.getByRole('dialog', { name: 'Restore unm_prep' })).toBeVisible();
    await expectClean(admin, 'the question of a restore');
  });
});
