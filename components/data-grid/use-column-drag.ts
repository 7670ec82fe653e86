import { type MouseEvent, type PointerEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Arrangement } from './arrangement';
import { type Drop, dropAt, scrollBeside } from './column-drop';

/** A pointer that moves less than so many pixels clicks. */
const clickPixels = 6;

type Held = { field: number; x: number; row: HTMLElement; pointerId: number };

/** A header on its way: its field, and where it would go; `left` is the edge there, in pixels of the header. */
export type Drag = { field: number } & Partial<Drop>;

/**
 * Headers that are dragged among their group: what is pinned among what is pinned. The handlers are the header row's, which
 * stays while cells come and go; a drag is no click on what lies over a header. By finger headers scroll, as all else does.
 */
export function useColumnDrag(
  arrangement: Arrangement,
  onPlace: ((field: number, place: number) => void) | undefined,
) {
  const held = useRef<Held | null>(null);
  const hasDragged = useRef(false);
  const [drag, setDrag] = useState<Drag | null>(null);

  const look = (x: number) => {
    if (held.current === null) return;
    held.current.x = x;
    const { field, row } = held.current;
    const drop = dropAt(row, x, { from: arrangement.places.indexOf(field), pinned: arrangement.pinned });
    setDrag((before) =>
      before?.left === drop?.left && before?.field === field ? before : { field, ...drop },
    );
  };
  const end = () => {
    held.current = null;
    setDrag(null);
  };
  useEdgeScroll(drag !== null, () => {
    if (held.current && scrollBeside(held.current.row, held.current.x)) look(held.current.x);
  });
  useEscape(drag !== null, end);

  return {
    drag,
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      hasDragged.current = false;
      const field = event.button === 0 && event.pointerType !== 'touch' ? fieldUnder(event.target) : null;
      const { clientX: x, currentTarget: row, pointerId } = event;
      held.current = field === null || onPlace === undefined ? null : { field, x, row, pointerId };
    },
    onPointerMove: ({ clientX: x, currentTarget: row, buttons }: PointerEvent<HTMLElement>) => {
      if (held.current === null || buttons !== 1) return end();
      if (drag === null && Math.abs(x - held.current.x) < clickPixels) return;
      if (drag === null) row.setPointerCapture(held.current.pointerId);
      hasDragged.current = true;
      look(x);
    },
    onPointerUp: () => {
      if (drag?.place !== undefined) onPlace?.(drag.field, drag.place);
      end();
    },
    onPointerCancel: end,
    onClickCapture: (event: MouseEvent) => {
      if (hasDragged.current) event.stopPropagation();
      hasDragged.current = false;
    },
  };
}

/** The field whose header is under a pointer; not at its edge, which makes it wider. */
function fieldUnder(target: EventTarget): number | null {
  if (!(target instanceof Element) || target.closest('[data-resize]')) return null;
  const cell = target.closest<HTMLElement>('[data-header]');
  return cell ? Number(cell.dataset.header) : null;
}

/** Calls `step` with each frame while something is dragged. */
function useEdgeScroll(isDragging: boolean, step: () => void) {
  const onFrame = useEffectEvent(step);
  useEffect(() => {
    if (!isDragging) return;
    let frame = requestAnimationFrame(function again() {
      onFrame();
      frame = requestAnimationFrame(again);
    });
    return () => cancelAnimationFrame(frame);
  }, [isDragging]);
}

function useEscape(isDragging: boolean, leave: () => void) {
  const onEscape = useEffectEvent(leave);
  useEffect(() => {
    if (!isDragging) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      onEscape();
    };
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [isDragging]);
}
