'use client';

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { Shortcut } from '@/components/ui/shortcut';

/** What a combination of keys does, for the list under `?`. */
export type KeyHint = { keys: readonly string[]; label: string };

/** The keys of one part of the page. Keep it a constant: a new object registers anew. */
export type KeyGroup = { title: string; hints: readonly KeyHint[] };

type Registry = { groups: readonly KeyGroup[]; add: (group: KeyGroup) => () => void };

const Keys = createContext<Registry | null>(null);

const everywhere: KeyGroup = {
  title: 'Everywhere',
  hints: [
    { keys: ['Mod', 'K'], label: 'Go to a page, or do something' },
    { keys: ['?'], label: 'Show these keys' },
    { keys: ['Esc'], label: 'Close the nearest thing' },
  ],
};

/** Holds what the parts of a page have registered. Frame puts it around every page. */
export function KeysProvider({ children }: { children: ReactNode }) {
  const [groups, setGroups] = useState<readonly KeyGroup[]>([]);
  const add = useCallback((group: KeyGroup) => {
    setGroups((before) => [...before, group]);
    return () => setGroups((before) => before.filter((other) => other !== group));
  }, []);
  const registry = useMemo<Registry>(() => ({ groups, add }), [groups, add]);
  return <Keys value={registry}>{children}</Keys>;
}

/** Lists a part's keys under `?` while it is on the page. Outside of a Frame it does nothing. */
export function useKeys(group: KeyGroup) {
  const add = useContext(Keys)?.add;
  useEffect(() => add?.(group), [add, group]);
}

export type KeysDialogProps = { open: boolean; onOpenChange: (open: boolean) => void };

/** The list of keys that work here. */
export function KeysDialog({ open, onOpenChange }: KeysDialogProps) {
  const groups = useContext(Keys)?.groups ?? [];
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keys of this page">
      <div className="flex flex-col gap-4">
        {[...groups, everywhere].map((group) => (
          <section key={group.title}>
            <h3 className="mb-1 text-ink-faint text-sm">{group.title}</h3>
            <dl>
              {group.hints.map((hint) => (
                <div key={hint.label} className="flex h-7 items-center justify-between gap-4">
                  <dt>{hint.label}</dt>
                  <dd>
                    <Shortcut keys={hint.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
