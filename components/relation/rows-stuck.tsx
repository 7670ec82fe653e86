import { Button } from '@/components/ui/button';
import type { ErrorBody } from '@/lib/query-event';

export type RowsStuckProps = { error: ErrorBody; onRetry: () => void };

/** Why the rows do not go on; those that are here stay. */
export function RowsStuck({ error, onRetry }: RowsStuckProps) {
  return (
    <div role="alert" className="flex shrink-0 items-center gap-3 border-line border-t px-4 py-1 text-sm">
      <p className="min-w-0 text-danger [overflow-wrap:anywhere]">No more rows came: {error.message}</p>
      <Button size="small" onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}
