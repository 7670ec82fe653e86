'use client';

import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import type { ServerSummary } from '@/lib/api-types';
import { type Place, placeOf } from './place';
import { useStored } from './use-stored';

/**
 * Where one is: `here` by the path, `place` also on pages across all servers, where it is the last one visited
 * (or the only server there is). `remember` chooses a server without going anywhere.
 */
export function usePlace(servers: readonly ServerSummary[]) {
  const here = placeOf(usePathname());
  const [stored, store] = useStored('howdah-place');
  const server = here?.server;
  const database = here?.database ?? null;
  useEffect(() => {
    if (server) store(JSON.stringify({ server, database } satisfies Place));
  }, [server, database, store]);
  const remember = (place: Place) => store(JSON.stringify(place));
  return { here, place: here ?? lastPlace(stored, servers), remember };
}

function lastPlace(stored: string | null, servers: readonly ServerSummary[]): Place | null {
  const last = parsePlace(stored);
  if (last && servers.some((server) => server.slug === last.server)) return last;
  const [only, ...others] = servers;
  return only && others.length === 0 ? { server: only.slug, database: null } : null;
}

function parsePlace(stored: string | null): Place | null {
  try {
    const value = JSON.parse(stored ?? 'null') as Partial<Place> | null;
    if (typeof value?.server !== 'string') return null;
    return { server: value.server, database: typeof value.database === 'string' ? value.database : null };
  } catch {
    return null;
  }
}
