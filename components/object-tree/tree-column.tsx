'use client';

import { PanelLeftClose, RefreshCw, Search } from 'lucide-react';
import type { RefObject } from 'react';
import { IconButton } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { formatCount } from '@/components/ui/format';
import { Input } from '@/components/ui/input';
import { SkeletonRows } from '@/components/ui/skeleton';
import type { DatabasePlace } from '../shell/place';
import { ObjectTree } from './object-tree';
import type { Relations } from './use-relations';

export type TreeColumnProps = {
  place: DatabasePlace;
  relations: Relations;
  current: { schema: string; name: string } | null;
  searchRef?: RefObject<HTMLInputElement | null>;
  /** Hides the column; a drawer has its own way to close. */
  onHide?: () => void;
};

/** The search field, the tree below it, and what to say when there is nothing to show. */
export function TreeColumn({ place, relations, current, searchRef, onHide }: TreeColumnProps) {
  const { search, setSearch, reload } = relations;
  return (
    <>
      <div className="flex items-center gap-0.5 p-2 pr-1">
        <search className="relative min-w-0 flex-1">
          <Search aria-hidden className="absolute top-2 left-2 size-3 text-ink-faint" />
          <Input
            ref={searchRef}
            type="search"
            aria-label="Search the relations"
            placeholder="Search relations"
            value={search}
            spellCheck={false}
            autoComplete="off"
            className="pl-7"
            onChange={(event) => setSearch(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'ArrowDown' || event.key === 'Enter') focusTree(event.currentTarget);
              else if (event.key === 'Escape' && search !== '') setSearch('');
              else return;
              event.preventDefault();
            }}
          />
        </search>
        <IconButton
          label="Read the relations again"
          title="Read the relations again"
          size="small"
          onClick={reload}
        >
          <RefreshCw aria-hidden />
        </IconButton>
        {onHide ? (
          <IconButton label="Hide the relations" title="Hide the relations" size="small" onClick={onHide}>
            <PanelLeftClose aria-hidden />
          </IconButton>
        ) : null}
      </div>
      <TreeBody {...{ place, relations, current }} />
      <TreeFoot relations={relations} />
    </>
  );
}

function TreeBody({ place, relations, current }: Pick<TreeColumnProps, 'place' | 'relations' | 'current'>) {
  const { items, status, error, search, isSearch, reload } = relations;
  if (status === 'failed' && items.length === 0) {
    return (
      <div className="p-2">
        <ErrorState
          title="The relations could not be listed"
          cause={error?.message}
          fix={error?.hint}
          details={{ sqlstate: error?.sqlstate }}
          onRetry={reload}
        />
      </div>
    );
  }
  if (items.length > 0 || relations.schemas.size > 0)
    return <ObjectTree {...{ place, relations, current }} />;
  if (status === 'loading') return <SkeletonRows columns={1} label="Loading the relations" />;
  return (
    <p role="status" className="px-3 py-2 text-ink-soft">
      {isSearch
        ? `No relation is named like “${search.trim()}”.`
        : 'No tables, views or sequences that you may see. Create one on the SQL page.'}
    </p>
  );
}

function TreeFoot({ relations: { items, status, hasMore, isSearch } }: { relations: Relations }) {
  if (items.length === 0) return null;
  const count = `${formatCount(items.length)}${hasMore ? '+' : ''}`;
  const noun = `relation${items.length === 1 && !hasMore ? '' : 's'}`;
  const words = status === 'loading' ? `${count} ${noun}, reading again…` : `${count} ${noun}`;
  return (
    <p role="status" className="shrink-0 border-line border-t px-3 py-1 text-ink-faint text-xs">
      {status === 'failed' ? `${words}; they could not be read again` : words}
      {isSearch && status !== 'loading' ? ' found' : ''}
    </p>
  );
}

/** The tree stands beside the search field in the same column. */
function focusTree(field: HTMLElement) {
  field.closest('aside, [role="dialog"]')?.querySelector<HTMLElement>('[role="tree"]')?.focus();
}
