import { ScrollText } from 'lucide-react';
import Link from 'next/link';
import { Choice, type Items, itemsOf } from '@/components/filters/choice';
import { FilterBar } from '@/components/filters/filter-bar';
import { countFilters } from '@/components/filters/filters';
import { buttonStyle } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import type { Page } from '@/lib/api-types';
import { type AuditAction, type AuditEntry, auditActions } from '@/lib/audit-types';
import { ActivityRow } from './activity-row';
import { type ActivityFilters, activityForm, activityPath } from './filters';
import { actionWords, kindWords } from './words';

export type ActivityListProps = {
  page: Page<AuditEntry>;
  filters: ActivityFilters;
  choices: { users: readonly string[]; servers: readonly string[] };
  /** True when `?after=` is in the URL: an empty page is then the end. */
  isLaterPage: boolean;
};

/** The audit log, newest first: filters, one row an event, and the way to older ones. */
export function ActivityList({ page, filters, choices, isLaterPage }: ActivityListProps) {
  const { kind, action, user, server } = filters;
  return (
    <>
      <FilterBar form={activityForm} filters={filters} search="Event contains">
        <Choice name="kind" label="Kind" any="Any kind" value={kind} items={kindItems} />
        <Choice name="action" label="Action" any="Any action" value={action} items={actionItems} />
        <Choice name="user" label="User" any="Any user" value={user} items={itemsOf(choices.users)} />
        <Choice
          name="server"
          label="Server"
          any="Any server"
          value={server}
          items={itemsOf(choices.servers)}
        />
      </FilterBar>
      {page.items.length === 0 ? (
        <NoEvents isFiltered={countFilters(filters) > 0} isLaterPage={isLaterPage} />
      ) : (
        <EventTable items={page.items} />
      )}
      <Paging filters={filters} next={page.next} isLaterPage={isLaterPage} />
    </>
  );
}

const kindItems: Items = Object.entries(kindWords);
const actionItems: Items = (Object.keys(auditActions) as AuditAction[]).map((action) => [
  action,
  actionWords(action),
]);

function EventTable({ items }: { items: readonly AuditEntry[] }) {
  return (
    <table className="w-full table-fixed border-collapse">
      <caption className="sr-only">Events, newest first</caption>
      <thead>
        <tr className="h-7 border-line border-b text-left text-ink-faint text-sm [&>th]:px-2 [&>th]:font-medium [&>th:first-child]:pl-4 [&>th:last-child]:pr-4">
          <th scope="col" className="w-[98px]">
            Result
          </th>
          <th scope="col" className="w-[160px] max-md:hidden">
            Time
          </th>
          <th scope="col" className="w-[110px] max-md:hidden">
            User
          </th>
          <th scope="col" className="w-[190px] max-md:hidden">
            Action
          </th>
          <th scope="col">Subject</th>
          <th scope="col" className="w-[120px] max-xl:hidden">
            From
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((entry) => (
          <ActivityRow key={entry.id} entry={entry} />
        ))}
      </tbody>
    </table>
  );
}

function NoEvents({ isFiltered, isLaterPage }: { isFiltered: boolean; isLaterPage: boolean }) {
  const action = (
    <Link href="/settings/audit" className={buttonStyle()}>
      {isLaterPage ? 'Back to the newest' : 'Clear filters'}
    </Link>
  );
  if (isLaterPage) return <EmptyState title="No older events" action={action} icon={<ScrollText />} />;
  return (
    <EmptyState
      title={isFiltered ? 'No event matches these filters' : 'No events yet'}
      action={isFiltered ? action : undefined}
      icon={<ScrollText />}
    >
      Everything that somebody changes is recorded here before it is done, and who was refused.
    </EmptyState>
  );
}

type PagingProps = { filters: ActivityFilters; next: string | null; isLaterPage: boolean };

function Paging({ filters, next, isLaterPage }: PagingProps) {
  if (next === null && !isLaterPage) return null;
  return (
    <nav aria-label="Pages" className="flex justify-end gap-2 px-4 py-3">
      {isLaterPage ? (
        <Link href={activityPath(filters)} className={buttonStyle('ghost')}>
          Newest
        </Link>
      ) : null}
      {next === null ? null : (
        <Link href={activityPath(filters, next)} rel="next" className={buttonStyle()}>
          Older events
        </Link>
      )}
    </nav>
  );
}
