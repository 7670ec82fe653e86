import Link from 'next/link';
import { ErrorState } from '@/components/ui/error-state';
import type { ErrorBody } from '@/lib/query-event';

export type RowsErrorProps = {
  error: ErrorBody;
  /** The relation without order, filter and place. */
  resetHref: string;
  onRetry: () => void;
};

const titles: Record<string, string> = {
  cancelled: 'The rows were not read',
  conflict: 'This page has lost its place',
  forbidden: 'These rows are not for your level',
  invalid: 'These rows cannot be asked for',
  limited: 'Too much is being read just now',
  not_found: 'The relation is not there any more',
  timeout: 'The rows took too long',
  unreachable: 'The server cannot be reached',
};

const fixes: Record<string, string> = {
  invalid: 'Take the condition or the order away that it speaks of.',
  timeout: 'Filter by an indexed column, or take the order away: PostgreSQL then reads less.',
};

/** Rows that could not be read: what happened, why, what to do; the rest of the page stays. */
export function RowsError({ error, resetHref, onRetry }: RowsErrorProps) {
  const { code, message, hint, sqlstate, position } = error;
  return (
    <div className="flex max-w-[760px] flex-col items-start gap-2 p-4">
      <ErrorState
        title={titles[code] ?? 'The rows cannot be read'}
        cause={message}
        fix={hint ?? fixes[code]}
        details={{ sqlstate, position, code }}
        onRetry={onRetry}
      />
      {code === 'invalid' || code === 'conflict' ? (
        <Link href={resetHref} className="text-accent underline-offset-2 hover:underline">
          Show all rows from the first
        </Link>
      ) : null}
    </div>
  );
}
