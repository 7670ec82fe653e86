import { ProviderButton } from './provider-button';
import { PublicPage } from './public-page';
import { SignInForm } from './sign-in-form';

export type SignInPageProps = {
  callbackUrl?: string;
  /** Why the attempt before this one failed, in next-auth's word. */
  error?: string;
  /** The name of the identity provider; null where there is none. */
  provider: string | null;
  /** Whether nobody can sign in yet, because there is no user. */
  isSetUpDue: boolean;
};

/** The sign-in page, whole. */
export function SignInPage({ callbackUrl, error, provider, isSetUpDue }: SignInPageProps) {
  if (isSetUpDue) return <SetUpDue />;
  return (
    <PublicPage title="Sign in to Howdah" description="A dashboard for your PostgreSQL servers.">
      <SignInForm callbackUrl={callbackUrl} />
      {provider === null ? null : (
        <ProviderButton provider={provider} error={error} callbackUrl={callbackUrl} />
      )}
    </PublicPage>
  );
}

function SetUpDue() {
  return (
    <PublicPage
      title="Howdah has no user yet"
      description="Whoever started it can make the first admin with the address that stands on its console."
    >
      <ol className="list-decimal space-y-1 pl-5 text-ink-soft">
        <li>Look at the console, or at the log, of the Howdah process.</li>
        <li>
          Open the address that ends in <span className="font-mono text-sm">/setup#…</span> there.
        </li>
        <li>If it is too old, start Howdah again: it prints a new one.</li>
      </ol>
    </PublicPage>
  );
}
