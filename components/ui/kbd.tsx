import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export type KbdProps = { className?: string; children: ReactNode };

/** One key of the keyboard. */
export function Kbd({ className, children }: KbdProps) {
  return (
    <kbd
      className={clsx(
        'inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-sm border border-line bg-sunken px-1',
        'font-sans text-xs text-ink-soft',
        className,
      )}
    >
      {children}
    </kbd>
  );
}
