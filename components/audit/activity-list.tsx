import { ScrollText } from 'lucide-react';
import Link from 'next/link';
import { Choice, type Items, itemsOf } from '@/components/filters/choice';
import { FilterBar } from '@/components/filters/filter-bar';
import { countFilters } from '@/components/filters/filters';
import { buttonStyle } from '@/components/ui/button';
import type { Column } from '@/components/ui/column-heads';
import { EmptyState } from '@/components/ui/empty-state';
import { ListTable } from '@/components/ui/list-table';
import { Paging } from '@/components/ui/paging';
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
        <ListTable caption="Events, newest first" columns={columns}>
          {page.items.map((entry) => (
            <ActivityRow key={entry.id} entry={entry} />
          ))}
        </ListTable>
      )}
      <Paging
        newest={isLaterPage ? activityPath(filters) : null}
        older={page.next === null ? null : activityPath(filters, page.next)}
        olderWords="Older events"
      />
    </>
  );
}

const kindItems: Items = Object.entries(kindWords);
const actionItems: Items = (Object.keys(auditActions) as AuditAction[]).map((action) => [
  action,
  actionWords(action),
]);

const columns = [
  { name: 'Result', width: '98px' },
  { name: 'Time', width: '160px', from: 'md' },
  { name: 'User', width: '110px', from: 'md' },
  { name: 'Action', width: '190px', from: 'md' },
  { name: 'Subject' },
  { name: 'From', width: '120px', from: 'xl' },
] as const satisfies readonly Column[];

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
