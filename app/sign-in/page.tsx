import type { Metadata } from 'next';
import { SignInPage } from '@/components/sign-in/sign-in-page';
import { env } from '@/lib/env';
import { isSetUpOpen } from '@/lib/run-set-up';

export const metadata: Metadata = { title: 'Sign in' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Public: it needs no session. */
export default async function Page({ searchParams }: Props) {
  const { callbackUrl, error } = await searchParams;
  return (
    <SignInPage
      callbackUrl={typeof callbackUrl === 'string' ? callbackUrl : undefined}
      error={typeof error === 'string' ? error : undefined}
      provider={env().oidc?.name ?? null}
      isSetUpDue={await isSetUpOpen()}
    />
  );
}
