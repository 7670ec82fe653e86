import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { PublicPage } from '@/components/sign-in/public-page';
import { SetUpForm } from '@/components/sign-in/set-up-form';
import { isSetUpOpen } from '@/lib/run-set-up';

export const metadata: Metadata = { title: 'Set-up' };

/** Public, while there is no user; then it is not there. What it sends needs the token of the console. */
export default async function Page() {
  await connection();
  if (!(await isSetUpOpen())) notFound();
  return (
    <PublicPage title="Set up Howdah" description="Choose the name and the password of the first admin.">
      <SetUpForm />
    </PublicPage>
  );
}
