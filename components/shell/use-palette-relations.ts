'use client';

import { useEffect, useRef, useState } from 'react';
import type { RelationSummary } from '@/lib/api-types';
import { fetchRelations } from '../object-tree/fetch-relations';
import { relationKinds } from '../object-tree/kinds';
import { useVisited } from '../object-tree/use-visited';
import type { PaletteItem } from './command-palette';
import { type DatabasePlace, type Place, pathOfRelation } from './place';

const debounceMs = 150;
const mostFound = 20;
const mostVisited = 8;

type Found = { q: string; items: readonly RelationSummary[] };
type Named = Pick<RelationSummary, 'schema' | 'name' | 'kind'>;

const nothing: Found = { q: '', items: [] };

/** Relations of the current database for the palette: those opened lately, then those that the search finds. */
export function usePaletteRelations(place: Place | null) {
  const { visited } = useVisited();
  const [found, setFound] = useState(nothing);
  const searching = useRef<AbortController>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  if (!place?.database) return { items: [], found: undefined, search: () => undefined };
  const here: DatabasePlace = { server: place.server, database: place.database };

  const read = async (q: string) => {
    const abort = new AbortController();
    searching.current = abort;
    const page = await fetchRelations(here, { q, limit: mostFound }, abort.signal);
    if (!abort.signal.aborted && 'items' in page) setFound({ q, items: page.items });
  };
  const search = (text: string) => {
    const q = text.trim();
    clearTimeout(timer.current);
    searching.current?.abort();
    if (q === '') setFound(nothing);
    else timer.current = setTimeout(() => void read(q), debounceMs);
  };
  const lately = visited.filter(
    ({ server, database }) => server === here.server && database === here.database,
  );
  return {
    items: relationItems(here, [...lately.slice(0, mostVisited), ...found.items]),
    /** The first that the search has found. */
    found: relationItems(here, found.items)[0]?.id,
    search,
  };
}

/** Each relation once, as a place to go. */
function relationItems(place: DatabasePlace, relations: readonly Named[]): PaletteItem[] {
  const items = relations.map(({ schema, name, kind }) => ({
    id: `relation:${JSON.stringify([place.server, place.database, schema, name])}`,
    label: `${schema}.${name}`,
    hint: relationKinds[kind].one,
    href: pathOfRelation(place, { schema, name }),
    group: `Relations of ${place.database}`,
  }));
  return [...new Map(items.map((item) => [item.id, item])).values()];
}
