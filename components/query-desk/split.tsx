import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';

const least = 15;
const most = 85;
const initial = 40;

export type SplitProps = { label: string; top: ReactNode; bottom: ReactNode };

/** Two areas, one above the other, and a line between them that moves by pointer, arrows, Home and End. */
export function Split({ label, top, bottom }: SplitProps) {
  const box = useRef<HTMLDivElement>(null);
  const [share, setShare] = useState(initial);
  const move = (next: number) => setShare(Math.min(most, Math.max(least, Math.round(next))));

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowUp') move(share - 5);
    else if (event.key === 'ArrowDown') move(share + 5);
    else if (event.key === 'Home') move(least);
    else if (event.key === 'End') move(most);
    else if (event.key === 'Enter') move(initial);
    else return;
    event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !box.current) return;
    const { top: from, height } = box.current.getBoundingClientRect();
    move(((event.clientY - from) / height) * 100);
  };

  return (
    <div ref={box} className="flex min-h-0 flex-1 flex-col">
      <div className="min-h-0 shrink-0" style={{ height: `${share}%` }}>
        {top}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a separator that moves is no hr */}
      <div
        role="separator"
        aria-label={label}
        aria-orientation="horizontal"
        aria-valuenow={share}
        aria-valuemin={least}
        aria-valuemax={most}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
        onDoubleClick={() => move(initial)}
        className="relative z-30 -my-1 h-2 shrink-0 cursor-row-resize touch-none after:absolute after:inset-x-0 after:top-1 after:h-px after:bg-line hover:after:bg-accent"
      />
      <div className="min-h-0 flex-1">{bottom}</div>
    </div>
  );
}
