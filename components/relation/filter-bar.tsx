'use client';

import { ArrowDown, ArrowUp, Filter as FilterIcon, ListFilter, RefreshCw, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { Button, IconButton } from '@/components/ui/button';
import { ConditionForm } from './condition-form';
import { type Condition, operatorWords, valueInWords } from './conditions';
import { addFilter, type Filter, filterInWords, formatFilter, isGroup } from './filter';
import { FilterDialog } from './filter-dialog';
import type { RelationPlace, RowsView } from './rows-view';
import type { SortKey } from './sort';

/** A column that a filter may name. */
export type FilterColumn = { name: string; type: string };

export type FilterBarProps = {
  place: RelationPlace;
  columns: readonly FilterColumn[];
  view: Pick<RowsView, 'filter' | 'sort'>;
  onFilter: (filter: readonly Filter[]) => void;
  onSort: (keys: readonly SortKey[]) => void;
  onRefresh: () => void;
  /** What else may be done with these rows: an export. */
  children?: ReactNode;
};

/** The conditions and the order in force, each to be taken away, and the way to another condition. */
export function FilterBar({ place, columns, view, onFilter, onSort, onRefresh, children }: FilterBarProps) {
  const { filter, sort } = view;
  const [isEdited, setEdited] = useState(false);
  return (
    <div className="flex min-h-9 shrink-0 items-start gap-1.5 px-2 py-1.5 md:px-3">
      <ul aria-label="Filter and order" className="flex min-w-0 flex-1 flex-wrap items-center gap-1.5">
        <li>
          <AddCondition columns={columns} onAdd={(condition) => onFilter(addFilter(filter, condition))} />
        </li>
        <li>
          <Button
            size="small"
            variant="ghost"
            disabled={columns.length === 0}
            onClick={() => setEdited(true)}
          >
            <ListFilter aria-hidden />
            Edit filter
          </Button>
        </li>
        {filter.map((part) => (
          <Chip
            key={formatFilter(part)}
            label={`Remove the condition ${filterInWords(part)}`}
            onRemove={() => onFilter(filter.filter((other) => other !== part))}
          >
            <FilterText filter={part} onEdit={() => setEdited(true)} />
          </Chip>
        ))}
        {sort.map((key) => (
          <Chip
            key={`sort ${key.column}`}
            label={`Do not sort by ${key.column}`}
            onRemove={() => onSort(sort.filter((other) => other !== key))}
          >
            <SortText sort={key} />
          </Chip>
        ))}
        {filter.length === 0 ? null : (
          <li>
            <Button variant="ghost" size="small" onClick={() => onFilter([])}>
              Clear filter
            </Button>
          </li>
        )}
      </ul>
      {children}
      <IconButton label="Read the rows again" title="Read the rows again" size="small" onClick={onRefresh}>
        <RefreshCw aria-hidden />
      </IconButton>
      {isEdited ? (
        <FilterDialog {...{ place, columns, filter, onFilter }} onClose={() => setEdited(false)} />
      ) : null}
    </div>
  );
}

/** A condition in words; a group of them leads to where it is edited. */
function FilterText({ filter, onEdit }: { filter: Filter; onEdit: () => void }) {
  if (!isGroup(filter)) return <ConditionText condition={filter} />;
  return (
    <button
      type="button"
      title={filterInWords(filter)}
      onClick={onEdit}
      className="max-w-[360px] truncate whitespace-pre hover:underline"
    >
      {filterInWords(filter)}
    </button>
  );
}

function ConditionText({ condition }: { condition: Condition }) {
  const { column, operator } = condition;
  const value = valueInWords(condition);
  return (
    <>
      <span className="max-w-[160px] truncate">{column}</span>
      <span className="shrink-0 font-sans text-ink-soft">{operatorWords[operator]}</span>
      <span className="max-w-[240px] truncate whitespace-pre" title={value}>
        {value}
      </span>
    </>
  );
}

function SortText({ sort: { column, direction } }: { sort: SortKey }) {
  const Icon = direction === 'asc' ? ArrowUp : ArrowDown;
  return (
    <>
      <Icon aria-hidden className="size-3 shrink-0 text-ink-soft" />
      <span className="max-w-[160px] truncate">{column}</span>
      <span className="sr-only">{direction === 'asc' ? 'ascending' : 'descending'}</span>
    </>
  );
}

function Chip({ label, onRemove, children }: { label: string; onRemove: () => void; children: ReactNode }) {
  return (
    <li className="flex h-6 min-w-0 max-w-full items-center gap-1.5 rounded-md border border-line bg-sunken pl-2 font-mono text-sm">
      {children}
      <button
        type="button"
        aria-label={label}
        title={label}
        onClick={onRemove}
        className="flex h-full w-5 shrink-0 items-center justify-center rounded-r-md text-ink-soft hover:bg-hover hover:text-ink"
      >
        <X aria-hidden className="size-3" />
      </button>
    </li>
  );
}

type AddConditionProps = { columns: readonly FilterColumn[]; onAdd: (condition: Condition) => void };

function AddCondition({ columns, onAdd }: AddConditionProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
      <Popover.Trigger asChild>
        <Button size="small" variant="ghost" disabled={columns.length === 0}>
          <FilterIcon aria-hidden />
          Add filter
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Add a condition"
          className="z-50 w-[min(520px,calc(100vw-16px))] rounded-lg border border-line bg-raised p-3 shadow-pop outline-none"
        >
          <ConditionForm
            columns={columns}
            onSubmit={(condition) => {
              setIsOpen(false);
              onAdd(condition);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
