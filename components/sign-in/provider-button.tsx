'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Problem } from '@/components/ui/problem';
import { providerAddress } from './auth';
import { safePath } from './safe-path';

export type ProviderButtonProps = { provider: string; error?: string; callbackUrl?: string };

const refusals: Record<string, string> = {
  'oidc-role': 'gives you no role in Howdah. Ask an admin which group you need.',
  'oidc-domain': 'names no verified e-mail address of a domain that may sign in here.',
  'oidc-disabled': 'knows you, but your account in Howdah is disabled. Ask an admin.',
  'oidc-invite':
    'knows you, but the invitation was used, taken back, or is too old. Ask an admin for a new one.',
  'oidc-invite-email': 'does not confirm the e-mail address that was invited. Choose a password instead.',
  'oidc-known': 'has brought you here before: sign in below. The invitation is still open.',
  'oidc-claims': 'did not say who you are. Ask an admin to look at its settings.',
};

/** The way in by the identity provider, and why it did not work the last time. */
export function ProviderButton({ provider, error, callbackUrl }: ProviderButtonProps) {
  const [problem, setProblem] = useState(error === undefined ? null : problemOf(provider, error));
  const [isPending, setIsPending] = useState(false);
  const go = async () => {
    setIsPending(true);
    const address = await providerAddress(safePath(callbackUrl, location.origin));
    if (address !== null) return location.assign(address);
    setProblem(`Howdah cannot reach ${provider}. Try again later, or ask an admin to look at Howdah’s log.`);
    setIsPending(false);
  };
  return (
    <section aria-label={provider} className="mt-5 border-line border-t pt-5">
      <Problem text={problem} className="mb-2" />
      <Button size="large" onClick={go} disabled={isPending} className="w-full">
        <span className="truncate">{isPending ? `Going to ${provider}…` : `Sign in with ${provider}`}</span>
      </Button>
    </section>
  );
}

function problemOf(provider: string, error: string): string | null {
  const refusal = Object.hasOwn(refusals, error) ? refusals[error] : undefined;
  if (refusal !== undefined) return `${capitalise(provider)} ${refusal}`;
  if (error.startsWith('OAuth') || error === 'Callback') {
    return `Signing in with ${provider} failed. Try again; if it stays so, ask an admin to look at Howdah’s log.`;
  }
  return null;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
