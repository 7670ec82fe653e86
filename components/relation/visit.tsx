'use client';

import { useEffect } from 'react';
import type { RelationKind } from '@/lib/api-types';
import { useVisited } from '../object-tree/use-visited';
import type { DatabasePlace } from '../shell/place';

export type VisitProps = {
  place: DatabasePlace;
  relation: { schema: string; name: string; kind: RelationKind };
};

/** Remembers that the relation was opened, so that the command palette has it at hand. Shows nothing. */
export function Visit({ place: { server, database }, relation: { schema, name, kind } }: VisitProps) {
  const { remember } = useVisited();
  useEffect(
    () => remember({ server, database, schema, name, kind }),
    [remember, server, database, schema, name, kind],
  );
  return null;
}
