import { useEffect, useMemo, useRef, useState } from 'react';
import type { Arrangement } from '@/components/data-grid/arrangement';
import { readProblem } from '@/components/jobs/call-api';
import type { ArrangedColumn, ColumnLayout } from '@/lib/api-types';
import { relationEndpoint } from '../endpoint';
import type { RelationPlace } from '../rows-view';
import { arrange, layOut, worthKeeping } from './layout';

/** How somebody arranges the columns of a grid. */
export type Layout = {
  columns: readonly ArrangedColumn[];
  arrangement: Arrangement;
  /** The names of those that are shown, as they are shown; `isPlain` where that is simply all of them. */
  shown: readonly string[];
  isPlain: boolean;
  change(next: (columns: ColumnLayout) => ColumnLayout): void;
  /** Why it could not be kept; null while it could. */
  problem: string | null;
};

/** A hand that rests for so long is done. */
const restMs = 800;

/** The arrangement of a relation's columns, kept for whoever makes it. `names` are the columns that there are. */
export function useLayout(place: RelationPlace, names: readonly string[], kept: ColumnLayout): Layout {
  const [layout, setLayout] = useState(kept);
  const [problem, setProblem] = useState<string | null>(null);
  const shape = JSON.stringify(names);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same names may come in another array
  const { columns, arrangement } = useMemo(
    () => ({ columns: layOut(names, layout), arrangement: arrange(names, layout) }),
    [shape, layout],
  );
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; send: () => void } | null>(null);
  const url = `${relationEndpoint(place)}/columns`;
  useEffect(
    () => () => {
      clearTimeout(waiting.current?.timer);
      waiting.current?.send();
    },
    [],
  );

  const keep = (items: ColumnLayout) => {
    clearTimeout(waiting.current?.timer);
    const send = () => {
      waiting.current = null;
      putLayout(url, items).then(setProblem);
    };
    waiting.current = { timer: setTimeout(send, restMs), send };
  };
  const change = (next: (columns: ColumnLayout) => ColumnLayout) => {
    const changed = worthKeeping(names, next(columns));
    setLayout(changed);
    keep(changed);
  };
  const { places } = arrangement;
  const shown = places.flatMap((place) => names[place] ?? []);
  const isPlain = shown.length === names.length && places.every((place, index) => place === index);
  return { columns, arrangement, shown, isPlain, change, problem };
}

/** Keeps an arrangement, even while the page goes away; answers what stood in the way. */
async function putLayout(url: string, items: ColumnLayout): Promise<string | null> {
  const body = JSON.stringify({ items });
  try {
    const response = await fetch(url, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body,
      keepalive: body.length < 60_000,
    });
    return response.ok ? null : await readProblem(response);
  } catch {
    return 'Howdah did not answer.';
  }
}
