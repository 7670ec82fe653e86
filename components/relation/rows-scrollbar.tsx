import { useEffect, useEffectEvent, useState } from 'react';
import { formatCount } from '@/components/ui/format';

export type RowsScrollbarProps = {
  /** Which fraction of the rows comes before those shown; null where that is not known. */
  fraction: number | null;
  estimatedRows: number | null;
  onJump: (at: string) => void;
};

/** A hand that rests for so long has arrived. */
const restMs = 250;

/** A scrollbar over all the rows of the relation, not only those that are here: where it is let go, the page goes. */
export function RowsScrollbar({ fraction, estimatedRows, onJump }: RowsScrollbarProps) {
  const [held, setHeld] = useState<number | null>(null);
  const jump = useEffectEvent((to: number) => {
    setHeld(null);
    onJump(placeText(to));
  });
  useEffect(() => {
    if (held === null) return;
    const timer = setTimeout(() => jump(held), restMs);
    return () => clearTimeout(timer);
  }, [held]);
  const value = held ?? fraction ?? 0;
  const words = placeInWords(held ?? fraction, estimatedRows);
  return (
    <div className="relative h-full w-5 shrink-0 border-line border-l bg-canvas max-md:hidden">
      <input
        type="range"
        min={0}
        max={1}
        step={0.0005}
        value={value}
        aria-label="Place in all rows"
        aria-orientation="vertical"
        aria-valuetext={words}
        title={words}
        onChange={({ target }) => setHeld(Number(target.value))}
        className="absolute inset-0 h-full w-full cursor-pointer accent-accent [writing-mode:vertical-lr]"
      />
      {held === null ? null : (
        <p
          aria-hidden
          style={{ top: `${Math.min(96, value * 100)}%` }}
          className="pointer-events-none absolute right-6 z-30 whitespace-nowrap rounded-md border border-line bg-raised px-2 py-0.5 text-sm shadow-pop"
        >
          {words}
        </p>
      )}
    </div>
  );
}

/** A fraction as a URL has it; the ends are exact. */
function placeText(fraction: number): string {
  return fraction <= 0 ? '0' : fraction >= 1 ? '1' : fraction.toFixed(4);
}

function placeInWords(fraction: number | null, estimatedRows: number | null): string {
  if (fraction === null) return 'somewhere between the ends';
  const percent = `${(fraction * 100).toFixed(1)} %`;
  if (estimatedRows === null) return percent;
  return `${percent}, about row ${formatCount(Math.round(fraction * estimatedRows) + 1)}`;
}
