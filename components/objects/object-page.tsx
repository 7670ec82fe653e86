import Link from 'next/link';
import type { ReactNode } from 'react';
import { buttonStyle } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { tabListStyle, tabStyle } from '@/components/ui/tab-style';
import { type DatabasePlace, pathOfRoom } from '../shell/place';
import { type ObjectListPath, objectLists } from './object-kinds';
import { type Param, SearchField } from './search-field';

/** What a list's URL asks for. */
export type ListView = { q?: string; after?: string };

/** A parameter of a list's URL that is `true` or left out, and the words that turn it on and off. */
export type ListOption = { name: string; isOn: boolean; on: string; off: string };

export type ObjectPageProps = {
  place: DatabasePlace;
  list: ObjectListPath;
  view: ListView;
  /** The list's other parameters, which every link on it keeps. */
  params?: readonly Param[];
  option?: ListOption;
  /** The cursor of the next page, if there is one. */
  next: string | null;
  count: number;
  /** What would be here, and how it gets here. */
  empty: string;
  /** The list; shown when there is something in it. */
  children: ReactNode;
};

/** One list of a database's objects: the tabs to the other lists, a search, the list, the way to its next page. */
export function ObjectPage(props: ObjectPageProps) {
  const { place, list, view, params = [], option, next, count, empty, children } = props;
  const label = objectLists.find(({ path }) => path === list)?.label ?? '';
  const here = pathOfRoom(place.server, place.database, list);
  const kept: Param[] = option?.isOn ? [...params, [option.name, 'true']] : [...params];
  const pathTo = (to: ListView) => withParams(here, kept, to);
  return (
    <>
      <h1 className="sr-only">
        {label} of {place.database}
      </h1>
      <nav
        aria-label="Kinds of objects"
        className={`${tabListStyle} overflow-x-auto overflow-y-hidden px-4!`}
      >
        {objectLists.map(({ path, label: words }) => (
          <Link
            key={path}
            href={pathOfRoom(place.server, place.database, path)}
            prefetch={false}
            aria-current={path === list ? 'page' : undefined}
            className={`${tabStyle} shrink-0`}
          >
            {words}
          </Link>
        ))}
      </nav>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2">
        <SearchField label={`Search the ${label.toLowerCase()}`} path={here} q={view.q ?? ''} kept={kept} />
        {option ? (
          <Link
            href={withParams(here, option.isOn ? params : [...params, [option.name, 'true']], { q: view.q })}
            className={buttonStyle()}
          >
            {option.isOn ? option.off : option.on}
          </Link>
        ) : null}
      </div>
      {count === 0 ? <Nothing {...{ label, view, empty }} here={pathTo({})} /> : children}
      <Paging {...{ view, next, pathTo }} />
    </>
  );
}

function withParams(path: string, params: readonly Param[], { q, after }: ListView): string {
  const all = new URLSearchParams(params.map(([name, value]) => [name, value]));
  if (q) all.set('q', q);
  if (after) all.set('after', after);
  return all.size === 0 ? path : `${path}?${all}`;
}

type NothingProps = { label: string; view: ListView; here: string; empty: string };

function Nothing({ label, view, here, empty }: NothingProps) {
  if (!view.q && !view.after) return <EmptyState title={`No ${label.toLowerCase()}`}>{empty}</EmptyState>;
  const title = view.q ? `Nothing is named like “${view.q}”` : 'No more of them';
  const action = (
    <Link href={here} className={buttonStyle()}>
      Show all
    </Link>
  );
  return <EmptyState title={title} action={action} />;
}

type PagingProps = { view: ListView; next: string | null; pathTo: (params: ListView) => string };

function Paging({ view: { q, after }, next, pathTo }: PagingProps) {
  if (!after && !next) return null;
  return (
    <nav aria-label="Pages" className="flex items-center gap-2 px-4 py-3">
      {after ? (
        <Link href={pathTo({ q })} className={buttonStyle()}>
          First page
        </Link>
      ) : null}
      {next ? (
        <Link href={pathTo({ q, after: next })} className={buttonStyle()}>
          Next page
        </Link>
      ) : null}
    </nav>
  );
}
