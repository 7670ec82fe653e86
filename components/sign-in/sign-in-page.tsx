import type { ReactNode } from 'react';
import { Logo } from '../shell/logo';
import { SignInForm } from './sign-in-form';

export type SignInPageProps = {
  callbackUrl?: string;
  /** A line under the form: the demo's accounts, say, or "You were signed out". */
  note?: ReactNode;
};

/** The sign-in page, whole: a calm column in the middle. */
export function SignInPage({ callbackUrl, note }: SignInPageProps) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-6 pb-[12vh]">
      <div className="w-full max-w-[300px]">
        <Logo className="mb-3 size-7 text-accent" />
        <h1 className="font-semibold text-xl">Sign in to Howdah</h1>
        <p className="mb-6 text-ink-soft">A dashboard for your PostgreSQL servers.</p>
        <SignInForm callbackUrl={callbackUrl} />
        {note ? <div className="mt-4 text-ink-soft text-sm">{note}</div> : null}
      </div>
    </main>
  );
}
