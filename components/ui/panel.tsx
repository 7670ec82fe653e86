'use client';

import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { type ReactNode, type RefObject, useEffect, useEffectEvent, useId, useRef } from 'react';
import { IconButton } from './button';

export type PanelProps = {
  title: ReactNode;
  /** Buttons beside the close button. */
  actions?: ReactNode;
  footer?: ReactNode;
  /** Called by the close button and by Esc. The panel has no state of its own: its URL opens it. */
  onClose: () => void;
  className?: string;
  children: ReactNode;
};

/**
 * The panel at the right for one cell, row, run or plan: 420 px beside the page, the whole width on a phone.
 * It takes the focus when it opens and gives it back when it closes; the page beside it stays usable.
 */
export function Panel({ title, actions, footer, onClose, className, children }: PanelProps) {
  const id = useId();
  const ref = useRef<HTMLElement>(null);
  useBorrowedFocus(ref);
  useEscape(onClose);
  return (
    <aside
      ref={ref}
      tabIndex={-1}
      aria-labelledby={id}
      className={clsx(
        'flex h-full min-h-0 w-[420px] shrink-0 flex-col border-line border-l bg-surface outline-none',
        'max-md:fixed max-md:inset-0 max-md:z-30 max-md:w-full max-md:border-l-0',
        className,
      )}
    >
      <header className="flex h-10 shrink-0 items-center gap-1 border-line border-b pr-1.5 pl-3">
        <h2 id={id} className="min-w-0 flex-1 truncate font-medium">
          {title}
        </h2>
        {actions}
        <IconButton label="Close panel" onClick={onClose}>
          <X aria-hidden />
        </IconButton>
      </header>
      <div className="min-h-0 flex-1 overflow-auto p-3">{children}</div>
      {footer ? <footer className="shrink-0 border-line border-t p-3">{footer}</footer> : null}
    </aside>
  );
}

function useBorrowedFocus(ref: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const before = document.activeElement;
    const panel = ref.current;
    panel?.focus({ preventScroll: true });
    return () => {
      const lost = document.activeElement === document.body || panel?.contains(document.activeElement);
      if (lost && before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [ref]);
}

/** Esc closes the nearest thing: a menu or dialog that is open above takes the key first. */
function useEscape(onEscape: () => void) {
  const close = useEffectEvent(onEscape);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.code !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      close();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
