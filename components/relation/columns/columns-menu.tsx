'use client';

import { Columns3 } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { ColumnItem } from './column-item';
import { isShown, moveColumn } from './layout';
import type { Layout } from './use-layout';

export type ColumnsMenuProps = { layout: Layout };

/** Columns that are listed at once; of more, a search finds the others. */
const mostListed = 200;
const searchFrom = 12;

/** Which columns the grid shows, in which order, and which stay in sight: all of it by keys too. */
export function ColumnsMenu({ layout }: ColumnsMenuProps) {
  const hidden = layout.columns.filter((column) => !isShown(column)).length;
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button size="small" variant="ghost" disabled={layout.columns.length === 0}>
          <Columns3 aria-hidden />
          Columns
          {hidden > 0 ? <span className="text-warning">{hidden} hidden</span> : null}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Columns"
          className="z-50 flex max-h-[min(520px,var(--radix-popover-content-available-height))] w-[min(360px,calc(100vw-16px))] flex-col rounded-lg border border-line bg-raised shadow-pop outline-none"
        >
          <ColumnList layout={layout} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function ColumnList({ layout: { columns, change, problem } }: ColumnsMenuProps) {
  const id = useId();
  const [search, setSearch] = useState('');
  const found = columns.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()));
  const shown = columns.filter(isShown).length;
  // What is moved in the page loses the focus.
  const focused = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (focused.current !== null) document.getElementById(focused.current)?.focus();
    focused.current = null;
  });
  const move = (name: string, steps: number) => {
    focused.current = document.activeElement?.id || null;
    change((before) => moveColumn(before, name, steps));
  };
  const onKeyDown = (event: KeyboardEvent, name: string) => {
    if (!event.altKey || (event.code !== 'ArrowUp' && event.code !== 'ArrowDown')) return;
    event.preventDefault();
    event.stopPropagation();
    move(name, event.code === 'ArrowUp' ? -1 : 1);
  };
  return (
    <>
      {columns.length >= searchFrom ? (
        <div className="border-line border-b p-2">
          <Input
            type="search"
            aria-label="Search columns"
            placeholder="Search columns"
            value={search}
            onChange={({ target }) => setSearch(target.value)}
          />
        </div>
      ) : null}
      <ul aria-label="Columns of the grid" className="min-h-0 flex-1 overflow-auto p-1">
        {found.slice(0, mostListed).map((column) => (
          <ColumnItem
            key={column.name}
            id={`${id}-${column.name}`}
            column={column}
            isLast={shown === 1 && isShown(column)}
            onChange={change}
            onMove={(steps) => move(column.name, steps)}
            onKeyDown={(event) => onKeyDown(event, column.name)}
          />
        ))}
      </ul>
      <div className="flex items-start gap-2 border-line border-t p-2 text-ink-soft text-sm">
        <p className="min-w-0 flex-1">
          {found.length > mostListed ? `${found.length - mostListed} more are found by a search. ` : ''}
          {problem === null ? 'Kept for you alone. ' : `Not kept: ${problem} `}
          What is hidden is not copied; an export holds every column, unless its menu says otherwise.
        </p>
        <Button size="small" onClick={() => change(() => [])}>
          Reset
        </Button>
      </div>
    </>
  );
}
