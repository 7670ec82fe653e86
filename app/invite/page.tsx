import type { Metadata } from 'next';
import { connection } from 'next/server';
import { AcceptForm } from '@/components/sign-in/accept-form';
import { PublicPage } from '@/components/sign-in/public-page';
import { env } from '@/lib/env';

export const metadata: Metadata = { title: 'Choose a password' };

/** Public: it knows nothing but what the API tells who holds a one-time link. */
export default async function Page() {
  await connection();
  return (
    <PublicPage title="Choose a password" description="For a dashboard of PostgreSQL servers.">
      <AcceptForm provider={env().oidc?.name ?? null} />
    </PublicPage>
  );
}
