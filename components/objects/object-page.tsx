import Link from 'next/link';
import type { ReactNode } from 'react';
import { buttonStyle } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { tabListStyle, tabStyle } from '@/components/ui/tab-style';
import { type DatabasePlace, pathOfRoom } from '../shell/place';
import { type ObjectListPath, objectLists } from './object-kinds';
import { SearchField } from './search-field';

/** What a list's URL asks for. */
export type ListView = { q?: string; after?: string };

export type ObjectPageProps = {
  place: DatabasePlace;
  list: ObjectListPath;
  view: ListView;
  /** The cursor of the next page, if there is one. */
  next: string | null;
  count: number;
  /** What would be here, and how it gets here. */
  empty: string;
  /** The list; shown when there is something in it. */
  children: ReactNode;
};

/** One list of a database's objects: the tabs to the other lists, a search, the list, the way to its next page. */
export function ObjectPage({ place, list, view, next, count, empty, children }: ObjectPageProps) {
  const label = objectLists.find(({ path }) => path === list)?.label ?? '';
  const here = pathOfRoom(place.server, place.database, list);
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
      <div className="px-4 py-2">
        <SearchField label={`Search the ${label.toLowerCase()}`} path={here} q={view.q ?? ''} />
      </div>
      {count === 0 ? <Nothing {...{ label, view, here, empty }} /> : children}
      <Paging {...{ view, next, here }} />
    </>
  );
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

type PagingProps = { view: ListView; next: string | null; here: string };

function Paging({ view: { q, after }, next, here }: PagingProps) {
  if (!after && !next) return null;
  const path = (cursor?: string) => {
    const params = new URLSearchParams({ ...(q && { q }), ...(cursor && { after: cursor }) });
    return params.size === 0 ? here : `${here}?${params}`;
  };
  return (
    <nav aria-label="Pages" className="flex items-center gap-2 px-4 py-3">
      {after ? (
        <Link href={path()} className={buttonStyle()}>
          First page
        </Link>
      ) : null}
      {next ? (
        <Link href={path(next)} className={buttonStyle()}>
          Next page
        </Link>
      ) : null}
    </nav>
  );
}
