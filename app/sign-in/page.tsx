import type { Metadata } from 'next';
import { SignInPage } from '@/components/sign-in/sign-in-page';

export const metadata: Metadata = { title: 'Sign in' };

type Props = { searchParams: Promise<{ callbackUrl?: string | string[] }> };

/** Public: the one page that needs no session. */
export default async function Page({ searchParams }: Props) {
  const { callbackUrl } = await searchParams;
  return <SignInPage callbackUrl={typeof callbackUrl === 'string' ? callbackUrl : undefined} />;
}
