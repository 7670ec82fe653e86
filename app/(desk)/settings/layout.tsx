import type { ReactNode } from 'react';
import { SettingsNav } from '@/components/settings/settings-nav';
import { readSignedIn } from '@/lib/run-profile';

/** The links of Settings above each of its pages. It authorises nothing: each page does that itself. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const signedIn = await readSignedIn().catch(() => null);
  return (
    <>
      {signedIn === null ? null : <SettingsNav role={signedIn.actor.role} />}
      {children}
    </>
  );
}
