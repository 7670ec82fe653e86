import type { ReactNode } from 'react';
import { Frame } from '@/components/shell/frame';
import { ErrorState } from '@/components/ui/error-state';
import { AppError, errorBody } from '@/lib/errors';
import { summariseServers } from '@/lib/run-health';
import { readSignedIn } from '@/lib/run-profile';
import { countOpenAlerts } from '@/lib/store/alerts';

/** The frame around every page. It shows who is signed in and authorises nothing: each page does that itself. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  try {
    const signedIn = await readSignedIn();
    if (signedIn === null) return children;
    const { actor, profile } = signedIn;
    const [servers, openAlerts] = await Promise.all([summariseServers(actor), countOpenAlerts(actor)]);
    const user = { name: profile.name ?? profile.username, role: actor.role, zone: profile.time_zone };
    return (
      <Frame servers={servers} openAlerts={openAlerts} user={user}>
        {children}
      </Frame>
    );
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { message, hint } = errorBody(error);
    return (
      <main className="mx-auto max-w-xl p-8">
        <ErrorState title="Howdah cannot work just now" cause={message} fix={hint} retryHref="" />
      </main>
    );
  }
}
