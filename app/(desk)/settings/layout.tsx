import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { SettingsNav } from '@/components/settings/settings-nav';
import { currentActor } from '@/lib/auth';

/** The links of Settings above each of its pages. It authorises nothing: each page does that itself. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const actor = await currentActor({ cookies: await cookies(), headers: await headers() }).catch(() => null);
  return (
    <>
      {actor === null ? null : <SettingsNav role={actor.role} />}
      {children}
    </>
  );
}
