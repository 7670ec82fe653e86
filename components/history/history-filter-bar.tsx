import { Choice, type Items, itemsOf } from '@/components/filters/choice';
import { FilterBar } from '@/components/filters/filter-bar';
import { type HistoryFilters, historyForm } from './filters';
import { statusWords } from './run-words';

/** What the filters' selects offer. */
export type HistoryChoices = {
  users: readonly string[];
  servers: readonly { slug: string; name: string }[];
  databases: readonly string[];
};

export type HistoryFilterBarProps = { filters: HistoryFilters; choices: HistoryChoices };

/** The filters of the query history. */
export function HistoryFilterBar({ filters, choices }: HistoryFilterBarProps) {
  const servers = choices.servers.map(({ slug, name }) => [slug, name] as const);
  const { status, user, server, database } = filters;
  return (
    <FilterBar form={historyForm} filters={filters} search="SQL contains">
      <Choice name="status" label="Status" any="Any status" value={status} items={statusItems} />
      <Choice name="user" label="User" any="Any user" value={user} items={itemsOf(choices.users)} />
      <Choice name="server" label="Server" any="Any server" value={server} items={servers} />
      <Choice
        name="database"
        label="Database"
        any="Any database"
        value={database}
        items={itemsOf(choices.databases)}
      />
    </FilterBar>
  );
}

const statusItems: Items = Object.entries(statusWords);
