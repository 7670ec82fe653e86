'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { type KeyGroup, useKeys } from '../shell/keys';

const group: KeyGroup = {
  title: 'Runs',
  hints: [
    { keys: ['J'], label: 'Next run' },
    { keys: ['K'], label: 'Previous run' },
    { keys: ['Enter'], label: 'Open the run' },
  ],
};

const steps: Record<string, number> = { KeyJ: 1, ArrowDown: 1, KeyK: -1, ArrowUp: -1 };

/** Moves the focus between the links marked `data-row`: J and K from anywhere, arrows from a row. */
export function RowKeys({ children }: { children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  useKeys(group);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const step = steps[event.code];
      const list = ref.current;
      if (!step || !list || !isForRows(event, list)) return;
      const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')];
      const at = rows.findIndex((row) => row.contains(document.activeElement));
      const next = rows[at < 0 ? 0 : at + step];
      if (!next) return;
      event.preventDefault();
      next.focus();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return <div ref={ref}>{children}</div>;
}

function isForRows(event: KeyboardEvent, list: HTMLElement): boolean {
  if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) return false;
  const element = event.target;
  if (!(element instanceof HTMLElement)) return false;
  if (element.closest('input, textarea, select, [role="dialog"], [role="menu"]')) return false;
  return event.code.startsWith('Key') || list.contains(element);
}
