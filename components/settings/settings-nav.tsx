'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { tabListStyle, tabStyle } from '@/components/ui/tab-style';
import type { UserRole } from '@/lib/api-types';
import { hasPermission } from '@/lib/permissions';
import { settingsRoomOf, settingsRooms } from './settings-rooms';

/** The links between the pages of Settings that a user of this role may enter. */
export function SettingsNav({ role }: { role: UserRole }) {
  const here = settingsRoomOf(usePathname());
  return (
    <nav aria-label="Settings" className={`${tabListStyle} overflow-x-auto px-4!`}>
      {settingsRooms
        .filter(({ permission }) => hasPermission(role, permission))
        .map(({ label, path }) => (
          <Link
            key={path}
            href={path}
            aria-current={here?.path === path ? 'page' : undefined}
            className={`${tabStyle} whitespace-nowrap`}
          >
            {label}
          </Link>
        ))}
    </nav>
  );
}
