import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { CellLines } from './lines';

const lineHeight = 18;

/** Browsers know no element higher than some tens of millions of pixels: beyond this a pixel stands for more. */
const mostHeight = 8_000_000;

export type VirtualLinesProps = { label: string; lines: CellLines; count: number };

/** The last line, however many there are by then. */
const end = Number.POSITIVE_INFINITY;

/**
 * Very many lines, of which only those in sight are in the page. Keys and the wheel go by lines, the scrollbar by place. Who
 * is at the end stays there while more lines come.
 */
export function VirtualLines({ label, lines, count }: VirtualLinesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [first, setFirst] = useState(0);
  const height = useHeightOf(scroller);
  const page = Math.max(1, Math.floor(height / lineHeight));
  const last = Math.max(0, count - page);
  const place = placesOf(count, last, height);
  const top = Math.min(first, last);

  const show = (line: number) => setFirst(line >= last && last > 0 ? end : Math.max(0, line));
  const goTo = (line: number) => {
    show(line);
    if (scroller.current) scroller.current.scrollTop = place.pixelOf(Math.min(last, Math.max(0, line)));
  };
  const onScroll = () => {
    const pixel = scroller.current?.scrollTop ?? 0;
    if (Math.abs(pixel - place.pixelOf(top)) > 1) show(place.lineOf(pixel));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowDown: 1, PageUp: 1 - page, PageDown: page - 1 }[event.code];
    const to = { Home: 0, End: last }[event.code] ?? (step === undefined ? undefined : top + step);
    if (to === undefined || event.altKey || event.metaKey) return;
    event.preventDefault();
    goTo(to);
  };
  useWheel(scroller, (lines) => goTo(top + lines));
  const endPixel = first === end ? place.pixelOf(last) : null;
  useLayoutEffect(() => {
    if (endPixel !== null && scroller.current) scroller.current.scrollTop = endPixel;
  }, [endPixel]);

  return (
    <section
      ref={scroller}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
      tabIndex={0}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      className="relative min-h-40 flex-1 overflow-auto rounded-md border border-line bg-canvas"
    >
      <div style={{ height: place.height }}>
        <pre
          className="sticky top-0 w-max min-w-full px-2 font-mono text-sm"
          style={{ lineHeight: `${lineHeight}px` }}
        >
          {Array.from({ length: Math.min(page, count - top) }, (_, index) => lines.lineAt(top + index)).join(
            '\n',
          )}
        </pre>
      </div>
    </section>
  );
}

/** The height of what is in sight, in pixels. */
function useHeightOf(scroller: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(600);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return height;
}

/** Between the line on top, of which `last` is the last, and the scrollbar's place. */
function placesOf(count: number, last: number, inSight: number) {
  const height = Math.min(count * lineHeight, mostHeight);
  const way = Math.max(0, height - inSight);
  return {
    height,
    pixelOf: (line: number) => (last === 0 ? 0 : Math.round((line / last) * way)),
    lineOf: (pixel: number) => (way === 0 ? 0 : Math.round((pixel / way) * last)),
  };
}

/** By lines, as far as the wheel has turned: by pixels a turn would pass over lines of a value that is very long. */
function useWheel(scroller: RefObject<HTMLElement | null>, move: (lines: number) => void) {
  const onTurn = useEffectEvent(move);
  useEffect(() => {
    const element = scroller.current;
    let rest = 0;
    const onWheel = (event: WheelEvent) => {
      if (event.deltaY === 0 || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      rest += event.deltaY / lineHeight;
      const whole = Math.trunc(rest);
      rest -= whole;
      if (whole !== 0) onTurn(whole);
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [scroller]);
}
