'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { providerAddress } from './auth';

export type AcceptByProviderProps = { provider: string; token: string };

/** Accepts an invitation by signing in with the identity provider, instead of choosing a password. */
export function AcceptByProvider({ provider, token }: AcceptByProviderProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, setIsPending] = useState(false);
  const go = async () => {
    setIsPending(true);
    keepInvitation(token);
    const address = await providerAddress('/#invite');
    if (address !== null) return location.assign(address);
    setProblem(`Howdah cannot reach ${provider}. Try again later, or choose a password.`);
    setIsPending(false);
  };
  return (
    <section aria-label={provider} className="mt-5 border-line border-t pt-5">
      <p className="mb-2 text-ink-soft">Or without a password of its own:</p>
      <p role="alert" className="mb-2 text-danger empty:hidden">
        {problem}
      </p>
      <Button size="large" onClick={go} disabled={isPending} className="w-full">
        <span className="truncate">{isPending ? `Going to ${provider}…` : `Accept with ${provider}`}</span>
      </Button>
    </section>
  );
}

/** Where the provider sends the browser back to, and nowhere else, the token comes along; for ten minutes. */
function keepInvitation(token: string): void {
  const secure = location.protocol === 'https:' ? '; secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: it must be there before the next line leaves the page
  document.cookie = `howdah-invite=${encodeURIComponent(token)}; path=/api/auth/callback/oidc; max-age=600; samesite=lax${secure}`;
}
