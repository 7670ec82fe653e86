'use client';

import { usePathname } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { EnvironmentLine } from '@/components/ui/environment';
import { ZoneProvider } from '@/components/ui/zone';
import type { ServerSummary } from '@/lib/api-types';
import { signOut } from '../sign-in/auth';
import type { PaletteItem } from './command-palette';
import { KeysProvider } from './keys';
import { type Overlay, Overlays } from './overlays';
import { Sidebar } from './sidebar';
import { TopBar } from './top-bar';
import { type DatabasesByServer, useDatabases } from './use-databases';
import { usePlace } from './use-place';
import { useShellKeys } from './use-shell-keys';
import type { ShellUser } from './user-foot';

export type FrameProps = {
  servers: readonly ServerSummary[];
  user: ShellUser;
  openAlerts: number;
  /** Databases by server slug, where the layout has them; the others are fetched when a menu asks. */
  databases?: DatabasesByServer;
  /** More places for the command palette, beside the rooms. */
  items?: readonly PaletteItem[];
  children: ReactNode;
};

const noItems: readonly PaletteItem[] = [];
const noDatabases: DatabasesByServer = {};

/**
 * What stands around every page of the desk: sidebar, breadcrumb, command palette, list of keys, and the 2 px
 * line of the server's environment. Where one is comes from the path. The page scrolls inside `<main>`.
 */
export function Frame({ children, ...props }: FrameProps) {
  return (
    <ZoneProvider zone={props.user.zone}>
      <KeysProvider>
        <FrameBody {...props}>{children}</FrameBody>
      </KeysProvider>
    </ZoneProvider>
  );
}

function FrameBody({
  servers,
  user,
  openAlerts,
  databases: given = noDatabases,
  items = noItems,
  children,
}: FrameProps) {
  const pathname = usePathname();
  const where = usePlace(servers);
  const databases = useDatabases(given);
  const [overlay, setOverlay] = useState<Overlay>(null);
  const [hasLeaveFailed, setHasLeaveFailed] = useState(false);
  const openPalette = () => {
    if (where.place) void databases.load(where.place.server);
    setOverlay('palette');
  };
  const leave = async () => {
    if (await signOut()) location.assign('/sign-in');
    else setHasLeaveFailed(true);
  };
  useShellKeys(openPalette, () => setOverlay('keys'));
  const sidebar = <Sidebar {...{ servers, user, where, databases, openAlerts }} onSignOut={leave} />;
  const environment = servers.find(({ slug }) => slug === where.here?.server)?.environment ?? null;
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <SkipLink />
      <EnvironmentLine environment={environment} />
      <div className="flex min-h-0 flex-1">
        <aside
          aria-label="Sidebar"
          className="w-[220px] shrink-0 border-line border-r bg-sunken max-md:hidden"
        >
          {sidebar}
        </aside>
        <div className="flex min-w-0 flex-1 flex-col">
          <TopBar pathname={pathname} environment={environment} drawer={sidebar} onSearch={openPalette} />
          {hasLeaveFailed ? <LeaveFailed onClose={() => setHasLeaveFailed(false)} /> : null}
          <main id="content" tabIndex={-1} className="min-h-0 flex-1 overflow-auto outline-none">
            {children}
          </main>
        </div>
      </div>
      <Overlays
        {...{ overlay, servers, databases, items }}
        place={where.place}
        role={user.role}
        onChange={setOverlay}
        onSignOut={leave}
      />
    </div>
  );
}

function SkipLink() {
  return (
    <a
      href="#content"
      className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-raised focus:px-3 focus:py-1 focus:shadow-pop"
    >
      Skip to the page
    </a>
  );
}

function LeaveFailed({ onClose }: { onClose: () => void }) {
  return (
    <p
      role="alert"
      className="flex items-center gap-3 border-line border-b bg-danger-soft px-4 py-1.5 text-danger"
    >
      Signing out failed: Howdah did not answer. You are still signed in; try again.
      <button type="button" onClick={onClose} className="underline">
        Dismiss
      </button>
    </p>
  );
}
