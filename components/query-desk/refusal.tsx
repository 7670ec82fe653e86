import Link from 'next/link';
import { ErrorState } from '@/components/ui/error-state';
import type { ErrorBody } from '@/lib/query-event';

/** Why a run did not begin, and what to do. The text stays in the editor and in this browser. */
export function Refusal({ error }: { error: ErrorBody }) {
  const { code, message, hint, sqlstate, position } = error;
  return (
    <div className="p-3">
      {code === 'unauthenticated' ? (
        <ErrorState
          title="You are signed out"
          cause="Nothing was run. Your text is kept in this browser."
          fix={
            <Link href="/sign-in" className="text-accent underline underline-offset-2">
              Sign in
            </Link>
          }
        />
      ) : (
        <ErrorState
          title={code === 'cancelled' ? 'Cancelled' : 'Nothing was run'}
          cause={message}
          fix={hint}
          details={{ code, sqlstate, position }}
        />
      )}
    </div>
  );
}
