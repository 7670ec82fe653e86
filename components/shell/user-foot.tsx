'use client';

import { LogOut, Monitor, Moon, Sun } from 'lucide-react';
import Link from 'next/link';
import { IconButton } from '@/components/ui/button';
import { Menu, MenuChoices, MenuLabel } from '@/components/ui/menu';
import { Tooltip } from '@/components/ui/tooltip';
import type { UserRole } from '@/lib/api-types';
import { type Theme, useTheme } from './use-theme';

/** Who is signed in, as the shell shows it. */
export type ShellUser = { name: string; role: UserRole; zone: string | null };

const themes = [
  { value: 'light', name: 'Light', Icon: Sun },
  { value: 'dark', name: 'Dark', Icon: Moon },
  { value: 'system', name: 'System', Icon: Monitor },
] as const satisfies readonly { value: Theme; name: string; Icon: typeof Sun }[];

export type UserFootProps = { user: ShellUser; onSignOut: () => void };

/** The sidebar's foot: the user and their role, the theme, the way out. */
export function UserFoot({ user, onSignOut }: UserFootProps) {
  return (
    <div className="flex items-center gap-1 border-line border-t py-2 pr-2 pl-3.5">
      <Link
        href="/settings/profile"
        title="Your profile"
        className="-mx-1.5 min-w-0 flex-1 rounded-md px-1.5 hover:bg-hover"
      >
        <span className="block truncate leading-4">{user.name}</span>
        <span className="block text-ink-faint text-xs">{user.role}</span>
      </Link>
      <ThemeSwitch />
      <Tooltip label="Sign out" side="top">
        <IconButton label="Sign out" onClick={onSignOut}>
          <LogOut aria-hidden />
        </IconButton>
      </Tooltip>
    </div>
  );
}

function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  const Current = themes.find((item) => item.value === theme)?.Icon ?? Monitor;
  const trigger = (
    <IconButton label="Theme" title="Theme">
      <Current aria-hidden />
    </IconButton>
  );
  const items = themes.map(({ value, name, Icon }) => ({
    value,
    label: (
      <>
        <Icon aria-hidden />
        {name}
      </>
    ),
  }));
  return (
    <Menu trigger={trigger} side="top" align="end" className="min-w-[140px]">
      <MenuLabel>Theme</MenuLabel>
      <MenuChoices<Theme> value={theme} onChange={setTheme} items={items} />
    </Menu>
  );
}
