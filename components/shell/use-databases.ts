'use client';

import { useState } from 'react';
import type { DatabaseSummary } from '@/lib/api-types';
import { encodeName } from '@/lib/names';
import type { ErrorBody } from '@/lib/query-event';

/** The databases of one server, as far as the browser knows them. */
export type DatabaseList =
  | { status: 'loading' }
  | { status: 'ready'; items: readonly DatabaseSummary[] }
  | { status: 'failed'; cause: string; fix: string };

export type DatabasesByServer = Readonly<Record<string, readonly DatabaseSummary[]>>;

/** Databases by server slug: those the page brought, and those fetched when a menu asked for them. */
export function useDatabases(given: DatabasesByServer) {
  const [fetched, setFetched] = useState<ReadonlyMap<string, DatabaseList>>(new Map());
  const put = (server: string, list: DatabaseList) =>
    setFetched((before) => new Map(before).set(server, list));
  const listOf = (server: string): DatabaseList | null => {
    const items = Object.hasOwn(given, server) ? given[server] : undefined;
    return items ? { status: 'ready', items } : (fetched.get(server) ?? null);
  };
  const load = async (server: string) => {
    const known = listOf(server)?.status;
    if (known === 'ready' || known === 'loading') return;
    put(server, { status: 'loading' });
    put(server, await fetchDatabases(server));
  };
  return { listOf, load };
}

async function fetchDatabases(server: string): Promise<DatabaseList> {
  try {
    const response = await fetch(`/api/v1/servers/${encodeName(server)}/databases`);
    const body = (await response.json()) as { items?: DatabaseSummary[]; error?: ErrorBody };
    if (response.ok && body.items) return { status: 'ready', items: body.items };
    const cause = body.error?.message ?? `Howdah answered ${response.status}.`;
    return { status: 'failed', cause, fix: body.error?.hint ?? 'Open the menu again to retry.' };
  } catch {
    return { status: 'failed', cause: 'Howdah did not answer.', fix: 'Open the menu again to retry.' };
  }
}
