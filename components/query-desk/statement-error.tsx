import { CircleAlert, LocateFixed, Replace } from 'lucide-react';
import { Button } from '@/components/ui/button';
import type { ErrorBody } from '@/lib/query-event';

export type StatementErrorProps = {
  error: ErrorBody;
  title: string;
  /** Missing when the error has no place, or when the text has changed since. */
  onGoTo: (() => void) | undefined;
  /** Puts the statement that the error offers in its place. */
  onUse: ((sql: string) => void) | undefined;
};

/** What PostgreSQL said, in its own words; where it happened is one click away. */
export function StatementError({ error, title, onGoTo, onUse }: StatementErrorProps) {
  const { suggestion } = error;
  return (
    <section aria-label={title} className="flex shrink-0 gap-2.5 border-line border-t p-3">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-ink">{title}</p>
        <p className="mt-0.5 whitespace-pre-wrap break-words font-mono text-danger text-sm">
          {error.message}
        </p>
        {error.hint ? (
          <p className="mt-1 whitespace-pre-wrap break-words text-ink-soft">Hint: {error.hint}</p>
        ) : null}
        <p className="mt-1 text-ink-faint text-sm">{factsOf(error)}</p>
        {suggestion ? (
          <pre className="mt-2 max-h-24 overflow-auto whitespace-pre-wrap break-words rounded-md border border-line bg-sunken px-2 py-1 font-mono text-sm">
            {suggestion}
          </pre>
        ) : null}
        <div className="mt-2 flex flex-wrap gap-2 empty:hidden">
          {suggestion && onUse ? (
            <Button size="small" onClick={() => onUse(suggestion)}>
              <Replace aria-hidden />
              Put this in its place
            </Button>
          ) : null}
          {onGoTo ? (
            <Button size="small" onClick={onGoTo}>
              <LocateFixed aria-hidden />
              Go to the error
            </Button>
          ) : null}
        </div>
      </div>
    </section>
  );
}

function factsOf({ sqlstate, position, code }: ErrorBody): string {
  const facts = [sqlstate ? `SQLSTATE ${sqlstate}` : code, position && `character ${position}`];
  return facts.filter(Boolean).join(' · ');
}
