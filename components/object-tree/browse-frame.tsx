'use client';

import { PanelLeftOpen } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { overlayStyle } from '@/components/ui/dialog';
import { type KeyGroup, useKeys } from '../shell/keys';
import { type DatabasePlace, relationOf } from '../shell/place';
import { useStored } from '../shell/use-stored';
import { isTyping } from './is-typing';
import { TreeColumn } from './tree-column';
import { useRelations } from './use-relations';

const keys: KeyGroup = {
  title: 'Relations',
  hints: [
    { keys: ['/'], label: 'Search the relations' },
    { keys: ['↑', '↓', '←', '→'], label: 'Move in the tree' },
    { keys: ['Enter'], label: 'Open the relation' },
  ],
};

export type BrowseFrameProps = DatabasePlace & { children: ReactNode };

/**
 * What stands around the pages of a database's objects: the tree at the left, which stays while one page follows
 * another. It can be hidden, which this browser remembers; under 768 px it lies in a drawer.
 */
export function BrowseFrame({ server, database, children }: BrowseFrameProps) {
  const place = { server, database };
  const pathname = usePathname();
  const current = relationOf(pathname);
  const relations = useRelations(place, current);
  const [stored, store] = useStored('howdah-tree');
  const [openAt, setOpenAt] = useState<string | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const isHidden = stored === 'hidden';
  const column = { place, relations, current };
  useKeys(keys);
  useSlash(() => {
    if (isHidden) store('shown');
    requestAnimationFrame(() => search.current?.focus());
  });
  return (
    <div className="flex h-full min-h-0 max-md:flex-col">
      {isHidden ? null : (
        <aside
          aria-label="Relations of the database"
          className="flex w-[248px] shrink-0 flex-col border-line border-r bg-canvas max-md:hidden"
        >
          <TreeColumn {...column} searchRef={search} onHide={() => store('hidden')} />
        </aside>
      )}
      <Drawer isOpen={openAt === pathname} onOpenChange={(isOpen) => setOpenAt(isOpen ? pathname : null)}>
        <TreeColumn {...column} />
      </Drawer>
      <div className="relative flex min-h-0 min-w-0 flex-1 flex-col">
        {isHidden ? (
          <Button
            variant="ghost"
            size="small"
            className="m-2 mb-0 self-start max-md:hidden"
            onClick={() => store('shown')}
          >
            <PanelLeftOpen aria-hidden />
            Show relations
          </Button>
        ) : null}
        <div className="min-h-0 flex-1 overflow-auto">{children}</div>
      </div>
    </div>
  );
}

type DrawerProps = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void; children: ReactNode };

/** The tree on a phone; going anywhere closes it. */
function Drawer({ isOpen, onOpenChange, children }: DrawerProps) {
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <div className="border-line border-b px-2 py-1 md:hidden">
        <Radix.Trigger asChild>
          <Button variant="ghost" size="small">
            <PanelLeftOpen aria-hidden />
            Relations
          </Button>
        </Radix.Trigger>
      </div>
      <Radix.Portal>
        <Radix.Overlay className={overlayStyle} />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 flex w-[300px] max-w-[85vw] flex-col border-line border-r bg-canvas shadow-pop outline-none"
        >
          <Radix.Title className="sr-only">Relations of the database</Radix.Title>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** `/` outside of fields. */
function useSlash(onSlash: () => void) {
  const handle = useEffectEvent(onSlash);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (event.defaultPrevented || isTyping(event)) return;
      event.preventDefault();
      handle();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
