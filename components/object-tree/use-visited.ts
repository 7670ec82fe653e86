'use client';

import { useCallback } from 'react';
import type { RelationKind } from '@/lib/api-types';
import { useStored } from '../shell/use-stored';
import { relationKinds } from './kinds';

/** A relation that was opened in this browser. */
export type Visited = { server: string; database: string; schema: string; name: string; kind: RelationKind };

const key = 'howdah-visited';
const most = 24;

/** The relations that this browser opened lately, newest first. */
export function useVisited(): { visited: readonly Visited[]; remember: (relation: Visited) => void } {
  const [stored, store] = useStored(key);
  const remember = useCallback(
    (relation: Visited) => store(JSON.stringify(withVisit(parseVisited(readNow()), relation))),
    [store],
  );
  return { visited: parseVisited(stored), remember };
}

/** The list with a visit at its head. */
function withVisit(before: readonly Visited[], visit: Visited): Visited[] {
  return [visit, ...before.filter((other) => idOf(other) !== idOf(visit))].slice(0, most);
}

/** What the storage holds, as far as it is a list of relations. */
function parseVisited(stored: string | null): Visited[] {
  try {
    const value: unknown = JSON.parse(stored ?? '[]');
    return Array.isArray(value) ? value.filter(isVisited) : [];
  } catch {
    return [];
  }
}

function idOf({ server, database, schema, name }: Visited): string {
  return JSON.stringify([server, database, schema, name]);
}

function isVisited(value: Partial<Visited> | null): value is Visited {
  if (typeof value !== 'object' || value === null) return false;
  const { server, database, schema, name, kind } = value;
  return [server, database, schema, name].every((text) => typeof text === 'string') && isKind(kind);
}

function isKind(kind: unknown): boolean {
  return typeof kind === 'string' && Object.hasOwn(relationKinds, kind);
}

/** Read when it is needed: an effect would otherwise run again for each change. */
function readNow(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
