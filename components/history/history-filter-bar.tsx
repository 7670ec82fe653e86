'use client';

import { clsx } from 'clsx';
import { Search, SlidersHorizontal } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { Button, buttonStyle } from '@/components/ui/button';
import { Label } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import {
  countFilters,
  filterNames,
  type HistoryFilters,
  historyPath,
  readFilters,
  toLocalInput,
} from './filters';
import { statusWords } from './run-words';

/** What the filters' selects offer. */
export type HistoryChoices = {
  users: readonly string[];
  servers: readonly { slug: string; name: string }[];
  databases: readonly string[];
};

export type HistoryFilterBarProps = { filters: HistoryFilters; choices: HistoryChoices };

/** The filters as a GET form: the URL is the state, Enter or "Filter" goes there. */
export function HistoryFilterBar({ filters, choices }: HistoryFilterBarProps) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  useShownFilters(form, filters);
  const count = countFilters(filters);
  const hidden = countFilters({ ...filters, q: undefined });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    router.push(historyPath(readFilters(new FormData(event.currentTarget))));
  };
  return (
    <search>
      <form
        ref={form}
        action="/history"
        onSubmit={submit}
        className="flex flex-wrap items-center gap-2 border-line border-y bg-surface px-4 py-2"
      >
        <div className="relative min-w-[180px] flex-1">
          <Label htmlFor="filter-q" className="sr-only">
            SQL contains
          </Label>
          <Search aria-hidden className="absolute top-2 left-2 size-3 text-ink-faint" />
          <Input
            id="filter-q"
            name="q"
            type="search"
            defaultValue={filters.q}
            placeholder="SQL contains…"
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
          <Link href="/history" className={buttonStyle('ghost')}>
            Clear filters
          </Link>
        ) : null}
        <div className={clsx('flex w-full flex-wrap items-center gap-2', !isOpen && 'max-md:hidden')}>
          <Choices filters={filters} choices={choices} />
          <Moment name="from" label="From" />
          <Moment name="to" label="To" />
        </div>
      </form>
    </search>
  );
}

function Choices({ filters, choices }: HistoryFilterBarProps) {
  const servers = choices.servers.map(({ slug, name }) => [slug, name] as const);
  return (
    <>
      <Choice name="status" label="Status" any="Any status" value={filters.status} items={statusItems} />
      <Choice name="user" label="User" any="Any user" value={filters.user} items={itemsOf(choices.users)} />
      <Choice name="server" label="Server" any="Any server" value={filters.server} items={servers} />
      <Choice
        name="database"
        label="Database"
        any="Any database"
        value={filters.database}
        items={itemsOf(choices.databases)}
      />
    </>
  );
}

type Items = readonly (readonly [value: string, label: string])[];

const statusItems: Items = Object.entries(statusWords);

function itemsOf(names: readonly string[]): Items {
  return names.map((name) => [name, name] as const);
}

type ChoiceProps = { name: string; label: string; any: string; value: string | undefined; items: Items };

/** A value of the URL that is not on offer is offered too: the form must never change what it shows. */
function Choice({ name, label, any, value, items }: ChoiceProps) {
  const isKnown = !value || items.some(([known]) => known === value);
  return (
    <div className="max-md:basis-[calc(50%-4px)]">
      <Label htmlFor={`filter-${name}`} className="sr-only">
        {label}
      </Label>
      <Select id={`filter-${name}`} name={name} defaultValue={value ?? ''} className="md:w-[132px]">
        <option value="">{any}</option>
        {isKnown ? null : <option value={value}>{value}</option>}
        {items.map(([itemValue, itemLabel]) => (
          <option key={itemValue} value={itemValue}>
            {itemLabel}
          </option>
        ))}
      </Select>
    </div>
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
function useShownFilters(form: RefObject<HTMLFormElement | null>, filters: HistoryFilters) {
  const isFirst = useRef(true);
  const key = JSON.stringify(filters);
  useEffect(() => {
    const shown = JSON.parse(key) as HistoryFilters;
    for (const name of filterNames) {
      const isTime = name === 'from' || name === 'to';
      const field = form.current?.elements.namedItem(name);
      if (isFirst.current && !(isTime && shown[name])) continue;
      if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) {
        field.value = isTime ? toLocalInput(shown[name]) : (shown[name] ?? '');
      }
    }
    isFirst.current = false;
  }, [form, key]);
}
