'use client';

import { useRouter } from 'next/navigation';
import type { ServerSummary } from '@/lib/api-types';
import { CommandPalette, type PaletteItem } from './command-palette';
import { KeysDialog } from './keys';
import { roomItems, shellActions } from './palette-items';
import type { useDatabases } from './use-databases';
import { useTheme } from './use-theme';

/** What lies over the page now. */
export type Overlay = 'palette' | 'keys' | null;

export type OverlaysProps = {
  overlay: Overlay;
  onChange: (overlay: Overlay) => void;
  servers: readonly ServerSummary[];
  databases: ReturnType<typeof useDatabases>;
  items: readonly PaletteItem[];
  onSignOut: () => void;
};

/** The command palette and the list of keys, filled with what the shell knows. */
export function Overlays({ overlay, onChange, servers, databases, items, onSignOut }: OverlaysProps) {
  const router = useRouter();
  const { setTheme } = useTheme();
  const rooms = roomItems(servers, (slug) => {
    const list = databases.listOf(slug);
    return list?.status === 'ready' ? list.items : [];
  });
  return (
    <>
      <CommandPalette
        open={overlay === 'palette'}
        onOpenChange={(isOpen) => onChange(isOpen ? 'palette' : null)}
        items={[...items, ...rooms]}
        actions={shellActions({ setTheme, showKeys: () => onChange('keys'), leave: onSignOut })}
        onNavigate={(href) => router.push(href)}
      />
      <KeysDialog open={overlay === 'keys'} onOpenChange={(isOpen) => onChange(isOpen ? 'keys' : null)} />
    </>
  );
}
