import { type UIEvent, useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react';
import { rowHeight } from './use-viewport';

/** So many rows before an edge it is near. */
const nearRows = 40;

/**
 * Tells of an edge that comes near: the end as soon as it is, the start only when somebody scrolls up to it. Answers the
 * handler of the grid's scroll event.
 */
export function useEdges(
  rows: readonly { index: number }[],
  rowCount: number,
  onEdge: ((edge: 'start' | 'end') => void) | undefined,
) {
  const last = rows.at(-1)?.index ?? 0;
  const isNearEnd = rowCount > 0 && last >= rowCount - nearRows;
  const tell = useEffectEvent((edge: 'start' | 'end') => onEdge?.(edge));
  // biome-ignore lint/correctness/useExhaustiveDependencies: told again when the end has gone further and is near again
  useEffect(() => {
    if (isNearEnd && last > nearRows) tell('end');
  }, [isNearEnd, last, rowCount]);
  const top = useRef(0);
  return ({ currentTarget: { scrollTop } }: UIEvent<HTMLElement>) => {
    const isUp = scrollTop < top.current;
    top.current = scrollTop;
    if (isUp && scrollTop < nearRows * rowHeight) onEdge?.('start');
  };
}

/** Calls `follow` when fields are shown in other places, with where a column has gone. */
export function useFollow(places: readonly number[], follow: (placeOf: (column: number) => number) => void) {
  const known = useRef(places);
  const tell = useEffectEvent(follow);
  useLayoutEffect(() => {
    const before = known.current;
    known.current = places;
    if (before === places) return;
    tell((column) => {
      const place = places.indexOf(before[column] ?? -1);
      return place >= 0 ? place : Math.max(0, Math.min(column, places.length - 1));
    });
  }, [places]);
}

/** Calls `shift` with how many rows more stand before the first one than did, before they are painted. */
export function useShift(before: number, shift: (rows: number) => void) {
  const known = useRef(before);
  const tell = useEffectEvent(shift);
  useLayoutEffect(() => {
    const rows = before - known.current;
    known.current = before;
    if (rows !== 0) tell(rows);
  }, [before]);
}
