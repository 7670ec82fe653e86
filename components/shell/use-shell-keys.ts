'use client';

import { useEffect, useEffectEvent } from 'react';

/** `⌘K` or `Ctrl-K` anywhere, and `?` outside of fields. */
export function useShellKeys(onPalette: () => void, onKeys: () => void) {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    const action = isPalette(event) ? onPalette : isHelp(event) && !isTyping(event) ? onKeys : null;
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  });
  useEffect(() => {
    // In the capture phase: the editor uses Ctrl-K as the start of a chord.
    const onKeyDown = (event: KeyboardEvent) => handle(event);
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, []);
}

function isPalette(event: KeyboardEvent): boolean {
  return event.code === 'KeyK' && event.metaKey !== event.ctrlKey && !event.shiftKey && !event.altKey;
}

/** `?` is a character, not a place on the keyboard; layouts without it have the place. */
function isHelp(event: KeyboardEvent): boolean {
  if (event.metaKey || event.ctrlKey || event.altKey) return false;
  return event.key === '?' || (event.shiftKey && event.code === 'Slash');
}

function isTyping(event: KeyboardEvent): boolean {
  const element = event.target;
  if (!(element instanceof HTMLElement)) return false;
  return element.isContentEditable || element.closest('input, textarea, select, [role="textbox"]') !== null;
}
