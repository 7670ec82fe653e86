'use client';

import { clsx } from 'clsx';
import { Search, SlidersHorizontal } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type FormEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { Button, buttonStyle } from '@/components/ui/button';
import { Label } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import {
  countFilters,
  type FilterForm,
  type Filters,
  filteredPath,
  isTime,
  readFields,
  toLocalInput,
} from './filters';

export type FilterBarProps = {
  form: FilterForm<string>;
  filters: Filters<string>;
  /** What the field for text looks for: `SQL contains`. */
  search: string;
  /** The selects. */
  children: ReactNode;
};

/** The filters of a list as a GET form: the URL is the state, Enter or "Filter" goes there. */
export function FilterBar({ form, filters, search, children }: FilterBarProps) {
  const router = useRouter();
  const element = useRef<HTMLFormElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  useShownFilters(element, form, filters);
  const count = countFilters(filters);
  const hidden = countFilters({ ...filters, q: undefined });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    router.push(filteredPath(form, readFields(form, new FormData(event.currentTarget))));
  };
  return (
    <search>
      <form
        ref={element}
        action={form.base}
        onSubmit={submit}
        className="flex flex-wrap items-center gap-2 border-line border-y bg-surface px-4 py-2"
      >
        <div className="relative min-w-[180px] flex-1">
          <Label htmlFor="filter-q" className="sr-only">
            {search}
          </Label>
          <Search aria-hidden className="absolute top-2 left-2 size-3 text-ink-faint" />
          <Input
            id="filter-q"
            name="q"
            type="search"
            defaultValue={filters.q}
            placeholder={`${search}…`}
            spellCheck={false}
            className="pl-7"
          />
        </div>
        <Button className="md:hidden" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          <SlidersHorizontal aria-hidden />
          More{hidden > 0 ? ` (${hidden})` : ''}
        </Button>
        <Button type="submit">Filter</Button>
        {count > 0 ? (
          <Link href={form.base} className={buttonStyle('ghost')}>
            Clear filters
          </Link>
        ) : null}
        <div className={clsx('flex w-full flex-wrap items-center gap-2', !isOpen && 'max-md:hidden')}>
          {children}
          <Moment name="from" label="From" />
          <Moment name="to" label="To" />
        </div>
      </form>
    </search>
  );
}

function Moment({ name, label }: { name: 'from' | 'to'; label: string }) {
  return (
    <div className="flex items-center gap-1.5 max-md:w-full">
      <Label htmlFor={`filter-${name}`} className="max-md:w-8">
        {label}
      </Label>
      <Input id={`filter-${name}`} name={name} type="datetime-local" step="any" className="md:w-[184px]" />
    </div>
  );
}

/**
 * Puts the URL's filters into the fields when the URL changes. At first only the times: the server could not
 * write them, not knowing the viewer's zone, and the rest may have been typed before hydration.
 */
function useShownFilters(
  element: RefObject<HTMLFormElement | null>,
  { names }: FilterForm<string>,
  filters: Filters<string>,
) {
  const isFirst = useRef(true);
  const key = JSON.stringify(filters);
  useEffect(() => {
    const shown = JSON.parse(key) as Filters<string>;
    for (const name of names) {
      const field = element.current?.elements.namedItem(name);
      if (isFirst.current && !(isTime(name) && shown[name])) continue;
      if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) {
        field.value = isTime(name) ? toLocalInput(shown[name]) : (shown[name] ?? '');
      }
    }
    isFirst.current = false;
  }, [element, key, names]);
}
