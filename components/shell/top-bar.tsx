'use client';

import { Menu as MenuIcon, Search } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { Button, IconButton } from '@/components/ui/button';
import { overlayStyle } from '@/components/ui/dialog';
import { EnvironmentBadge } from '@/components/ui/environment';
import { Shortcut } from '@/components/ui/shortcut';
import type { Environment } from '@/lib/api-types';
import { Breadcrumb } from './breadcrumb';
import { crumbsOf } from './place';

export type TopBarProps = {
  pathname: string;
  environment: Environment | null;
  /** The sidebar again: under 768 px it lies in a drawer. */
  drawer: ReactNode;
  onSearch: () => void;
};

/** Breadcrumb at the left, the palette's button at the right; the drawer's button on a phone. */
export function TopBar({ pathname, environment, drawer, onSearch }: TopBarProps) {
  return (
    <header className="flex h-10 shrink-0 items-center gap-2 border-line border-b px-2 md:px-4">
      <Drawer pathname={pathname}>{drawer}</Drawer>
      <div className="flex min-w-0 flex-1 items-center gap-2">
        <Breadcrumb crumbs={crumbsOf(pathname)} />
        {environment && environment !== 'development' ? <EnvironmentBadge environment={environment} /> : null}
      </div>
      <Button variant="ghost" size="small" onClick={onSearch}>
        <Search aria-hidden />
        <span className="flex items-center gap-2 max-md:sr-only">
          Go to
          <Shortcut keys={['Mod', 'K']} />
        </span>
      </Button>
    </header>
  );
}

/** Open for the path it was opened on: going anywhere closes it. */
function Drawer({ pathname, children }: { pathname: string; children: ReactNode }) {
  const [openAt, setOpenAt] = useState<string | null>(null);
  return (
    <Radix.Root open={openAt === pathname} onOpenChange={(isOpen) => setOpenAt(isOpen ? pathname : null)}>
      <Radix.Trigger asChild>
        <IconButton label="Open the sidebar" className="md:hidden">
          <MenuIcon aria-hidden />
        </IconButton>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Overlay className={overlayStyle} />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 w-[260px] border-line border-r bg-sunken shadow-pop outline-none"
        >
          <Radix.Title className="sr-only">Sidebar</Radix.Title>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
