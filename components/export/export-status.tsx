import { X } from 'lucide-react';
import { Elapsed } from '@/components/query-desk/elapsed';
import { Button, IconButton } from '@/components/ui/button';
import { formatBytes, formatRows } from '@/components/ui/format';
import { errorLine } from '@/lib/query-event';
import type { Export } from './use-export';

/** How an export goes, in one line with a way out; nothing before the first. */
export function ExportStatus({ running: { state, cancel, dismiss } }: { running: Export }) {
  if (state === null) return null;
  const isFailed = state.type === 'failed';
  return (
    <div
      role={isFailed ? 'alert' : 'status'}
      className="flex min-h-8 shrink-0 items-center gap-3 border-line border-t px-3 py-1 text-sm"
    >
      {state.type === 'running' ? (
        <>
          <p className="flex-1 text-ink-soft">
            Exporting{soFar(state)}, <Elapsed since={state.since} />
            <span className="max-md:hidden">. The browser saves it among its downloads.</span>
          </p>
          <Button size="small" onClick={cancel}>
            Cancel the export
          </Button>
        </>
      ) : (
        <>
          <p className={isFailed ? 'min-w-0 flex-1 text-danger' : 'flex-1 text-ink-soft'}>
            {state.type === 'sent' ? `Exported${soFar(state)}.` : errorLine(state.error)}
          </p>
          <IconButton label="Dismiss" size="small" onClick={dismiss}>
            <X aria-hidden />
          </IconButton>
        </>
      )}
    </div>
  );
}

function soFar({ rows, bytes }: { rows: number | null; bytes: number | null }): string {
  const parts = [rows === null ? null : formatRows(rows), bytes === null ? null : formatBytes(bytes)];
  return parts.flatMap((part) => (part === null ? [] : [`, ${part}`])).join('');
}
