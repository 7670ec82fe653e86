'use client';

import { useRouter } from 'next/navigation';
import type { ServerSummary, UserRole } from '@/lib/api-types';
import { CommandPalette, type PaletteItem } from './command-palette';
import { KeysDialog } from './keys';
import { roomItems, shellActions } from './palette-items';
import type { Place } from './place';
import type { useDatabases } from './use-databases';
import { usePaletteRelations } from './use-palette-relations';
import { useTheme } from './use-theme';

/** What lies over the page now. */
export type Overlay = 'palette' | 'keys' | null;

export type OverlaysProps = {
  overlay: Overlay;
  onChange: (overlay: Overlay) => void;
  servers: readonly ServerSummary[];
  /** Where one is: the palette finds relations there. */
  place: Place | null;
  databases: ReturnType<typeof useDatabases>;
  items: readonly PaletteItem[];
  role: UserRole;
  onSignOut: () => void;
};

/** The command palette and the list of keys, filled with what the shell knows. */
export function Overlays({ overlay, onChange, servers, databases, items, ...user }: OverlaysProps) {
  const router = useRouter();
  const relations = usePaletteRelations(user.place);
  const { setTheme } = useTheme();
  const databasesOf = (slug: string) => {
    const list = databases.listOf(slug);
    return list?.status === 'ready' ? list.items : [];
  };
  const rooms = roomItems(servers, databasesOf, user.role);
  return (
    <>
      <CommandPalette
        open={overlay === 'palette'}
        onOpenChange={(isOpen) => onChange(isOpen ? 'palette' : null)}
        items={[...items, ...relations.items, ...rooms]}
        onSearch={relations.search}
        found={relations.found}
        actions={shellActions({ setTheme, showKeys: () => onChange('keys'), leave: user.onSignOut })}
        onNavigate={(href) => router.push(href)}
      />
      <KeysDialog open={overlay === 'keys'} onOpenChange={(isOpen) => onChange(isOpen ? 'keys' : null)} />
    </>
  );
}
