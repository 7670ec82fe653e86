import { type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import type { GridProps } from './grid-props';
import { useFollow, useShift } from './use-edges';
import type { Opened } from './use-opened';
import type { SelectionMoves } from './use-selection';
import { rowHeight, type Viewport } from './use-viewport';

export type MotionOptions = Pick<
  GridProps,
  'rowCount' | 'startKey' | 'startAt' | 'before' | 'readAgain' | 'added'
> & {
  scroller: RefObject<HTMLDivElement | null>;
  places: readonly number[];
  viewport: Viewport;
  selecting: SelectionMoves;
  opened: Opened;
};

/** What scrolls, what is selected and what is edited when other rows, or the same at other places, are shown. */
export function useMotion({ scroller, places, viewport, selecting, opened, ...rows }: MotionOptions) {
  useChange(rows.startKey, () => {
    const isEnd = rows.startAt === 'end';
    scroller.current?.scrollTo({ top: isEnd ? viewport.height : 0 });
    opened.setEditing(null);
    selecting.restart(isEnd ? Math.max(0, rows.rowCount - 1) : 0);
  });
  useChange(rows.readAgain, selecting.release);
  useChange(rows.added ?? 0, (before) => {
    if ((rows.added ?? 0) <= before) return;
    scroller.current?.focus({ preventScroll: true });
    selecting.goTo(rows.rowCount - 1);
  });
  useShift(rows.before ?? 0, (more) => {
    scroller.current?.scrollBy({ top: more * rowHeight, behavior: 'instant' });
    opened.setEditing((at) => at && { ...at, row: at.row + more });
    selecting.shift(more);
  });
  useFollow(places, (placeOf) => {
    opened.setEditing(null);
    selecting.follow(placeOf);
  });
}

/** Calls `begin` when the key becomes another one, with what it was. */
function useChange<Key extends string | number | undefined>(key: Key, begin: (before: Key) => void) {
  const last = useRef(key);
  const start = useEffectEvent(begin);
  useEffect(() => {
    const before = last.current;
    last.current = key;
    if (before !== key) start(before);
  }, [key]);
}
