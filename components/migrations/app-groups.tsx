import { ChevronRight } from 'lucide-react';
import { formatCount } from '@/components/ui/format';
import type { MigrationApp, MigrationItem } from '@/lib/api-types';
import { MigrationTable } from './migration-table';

export type AppGroupsProps = {
  apps: readonly MigrationApp[];
  items: readonly MigrationItem[];
  /** Open all: a search is on. */
  isOpen: boolean;
};

/** A Django project's migrations by app, each group with its current one; closed until asked for. */
export function AppGroups({ apps, items, isOpen }: AppGroupsProps) {
  const groups = apps.map((app) => ({ app, own: items.filter((item) => item.app === app.app) }));
  return (
    <ul>
      {groups.map(({ app, own }) =>
        own.length === 0 ? null : (
          <li key={app.app} className="border-line border-t first:border-t-0">
            <details open={isOpen} className="group">
              <summary className="flex min-h-8 cursor-pointer list-none flex-wrap items-center gap-x-3 px-3 py-1 hover:bg-hover">
                <span className="flex items-center gap-1.5 md:w-[220px]">
                  <ChevronRight
                    aria-hidden
                    className="size-3.5 shrink-0 text-ink-faint transition-transform group-open:rotate-90"
                  />
                  <span className="break-all font-medium font-mono text-sm">{app.app}</span>
                </span>
                <span className="min-w-0 flex-1 break-words font-mono text-ink-soft text-sm">
                  {app.current.slice(app.app.length + 1)}
                </span>
                <span className="text-ink-soft">
                  {own.length === app.applied ? '' : `${formatCount(own.length)} of `}
                  {formatCount(app.applied)} applied
                </span>
              </summary>
              <MigrationTable caption={`Migrations of ${app.app}`} items={own} current={[app.current]} />
            </details>
          </li>
        ),
      )}
    </ul>
  );
}
