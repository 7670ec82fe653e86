'use client';

import { ErrorState } from '@/components/ui/error-state';

type Props = { error: Error & { digest?: string }; reset: () => void };

/** What nobody expected. Next keeps the text on the server; the digest finds it in the log. */
export default function DeskError({ error, reset }: Props) {
  return (
    <div className="p-4">
      <ErrorState
        title="Howdah failed on this page"
        cause="The server met an error that it did not expect."
        fix="Try again. If it stays, the server's log has the details."
        details={{ text: error.digest === undefined ? undefined : `Digest ${error.digest}` }}
        onRetry={reset}
      />
    </div>
  );
}
