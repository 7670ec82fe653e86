import type { ReactNode } from 'react';
import { Logo } from '../shell/logo';

export type PublicPageProps = { title: string; description: ReactNode; children: ReactNode };

/** A page for those who are not signed in: a calm column in the middle. */
export function PublicPage({ title, description, children }: PublicPageProps) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-6 pb-[12vh]">
      <div className="w-full max-w-[300px]">
        <Logo className="mb-3 size-7 text-accent" />
        <h1 className="font-semibold text-xl">{title}</h1>
        <div className="mb-6 text-ink-soft">{description}</div>
        {children}
      </div>
    </main>
  );
}
