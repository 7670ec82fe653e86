'use client';

import { useSyncExternalStore } from 'react';
import { Kbd } from './kbd';

const never = () => () => undefined;
const isApple = () => /Mac|iPhone|iPad/.test(navigator.platform);

const names: Record<string, [apple: string, other: string]> = {
  Mod: ['⌘', 'Ctrl'],
  Shift: ['⇧', 'Shift'],
  Alt: ['⌥', 'Alt'],
  Enter: ['↵', 'Enter'],
};

export type ShortcutProps = {
  /** Key names, pressed together: `['Mod', 'K']`. `Mod` is ⌘ on a Mac and Ctrl elsewhere. */
  keys: readonly string[];
};

/** A combination of keys, in the words of the viewer's keyboard. */
export function Shortcut({ keys }: ShortcutProps) {
  const apple = useSyncExternalStore(never, isApple, () => false);
  return (
    <span className="inline-flex items-center gap-0.5">
      {keys.map((key) => (
        <Kbd key={key}>{names[key]?.[apple ? 0 : 1] ?? key}</Kbd>
      ))}
    </span>
  );
}
