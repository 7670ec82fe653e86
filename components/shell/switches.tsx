'use client';

import { clsx } from 'clsx';
import { ChevronsUpDown, Database } from 'lucide-react';
import Link from 'next/link';
import type { ComponentProps, ReactNode } from 'react';
import { EnvironmentDot } from '@/components/ui/environment';
import { Menu, MenuChoices, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/menu';
import type { ServerSummary } from '@/lib/api-types';
import { pathOfRoom } from './place';
import { databaseRooms } from './rooms';
import type { DatabaseList } from './use-databases';

export type ServerSwitchProps = {
  servers: readonly ServerSummary[];
  current: ServerSummary | null;
  onChoose: (slug: string) => void;
};

/** The server that the sidebar's rooms belong to, with its environment's colour. */
export function ServerSwitch({ servers, current, onChoose }: ServerSwitchProps) {
  const icon = <EnvironmentDot environment={current?.environment ?? 'development'} />;
  const trigger = (
    <SwitchButton kind="Server" chosen={current?.name ?? null} icon={icon} empty="Choose a server" />
  );
  return (
    <Menu trigger={trigger} className="min-w-[204px]">
      <MenuLabel>Servers</MenuLabel>
      <MenuChoices value={current?.slug ?? ''} onChange={onChoose} items={servers.map(serverChoice)} />
      {servers.length === 0 ? <MenuNote>No servers yet</MenuNote> : null}
      <MenuSeparator />
      <MenuItem asChild>
        <Link href="/">All servers at a glance</Link>
      </MenuItem>
    </Menu>
  );
}

function serverChoice(server: ServerSummary) {
  const label = (
    <>
      <EnvironmentDot environment={server.environment} />
      <span className="min-w-0 flex-1 truncate">{server.name}</span>
      <span className="text-ink-faint text-sm">{server.environment}</span>
    </>
  );
  return { value: server.slug, label };
}

export type DatabaseSwitchProps = {
  server: ServerSummary;
  current: string | null;
  room: string | null;
  list: DatabaseList | null;
  onOpen: () => void;
};

/** The database of the chosen server; another one opens in the same room. */
export function DatabaseSwitch({ server, current, room, list, onOpen }: DatabaseSwitchProps) {
  const icon = <Database aria-hidden className="size-3.5 shrink-0 text-ink-faint" />;
  const trigger = (
    <SwitchButton
      kind="Database"
      chosen={current}
      icon={icon}
      empty="Choose a database"
      isMono
      onPointerEnter={onOpen}
      onFocus={onOpen}
    />
  );
  return (
    <Menu trigger={trigger} className="min-w-[204px]">
      <MenuLabel>Databases of {server.name}</MenuLabel>
      <DatabaseItems
        server={server.slug}
        current={current}
        room={room ?? databaseRooms[0]?.path ?? ''}
        list={list}
      />
    </Menu>
  );
}

type DatabaseItemsProps = { server: string; current: string | null; room: string; list: DatabaseList | null };

function DatabaseItems({ server, current, room, list }: DatabaseItemsProps) {
  if (!list || list.status === 'loading') return <MenuNote>Loading databases…</MenuNote>;
  if (list.status === 'failed') return <MenuNote>{`${list.cause} ${list.fix}`}</MenuNote>;
  if (list.items.length === 0) return <MenuNote>No database that you may open</MenuNote>;
  return list.items.map(({ name }) => (
    <MenuItem key={name} asChild>
      <Link
        href={pathOfRoom(server, name, room)}
        aria-current={name === current ? 'true' : undefined}
        className="font-mono aria-[current]:text-accent"
      >
        <span className="truncate">{name}</span>
      </Link>
    </MenuItem>
  ));
}

function MenuNote({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="px-2 py-1 text-ink-soft">
      {children}
    </p>
  );
}

type SwitchButtonProps = ComponentProps<'button'> & {
  kind: string;
  chosen: string | null;
  empty: string;
  icon: ReactNode;
  isMono?: boolean;
};

function SwitchButton({ kind, chosen, empty, icon, isMono, ...rest }: SwitchButtonProps) {
  return (
    <button
      type="button"
      aria-label={chosen ? `${kind}: ${chosen}` : empty}
      className="flex h-8 w-full items-center gap-2 rounded-md border border-line bg-surface px-2 text-left hover:border-line-strong data-[state=open]:border-line-strong"
      {...rest}
    >
      <span className="flex w-3.5 shrink-0 justify-center">{icon}</span>
      <span
        className={clsx(
          'min-w-0 flex-1 truncate',
          isMono && chosen && 'font-mono',
          !chosen && 'text-ink-soft',
        )}
      >
        {chosen ?? empty}
      </span>
      <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
    </button>
  );
}
