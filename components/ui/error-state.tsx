import { CircleAlert, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, buttonStyle } from './button';

/** What only some readers need: shown under "Details". */
export type ErrorDetails = { sqlstate?: string; position?: number; code?: string; text?: string };

export type ErrorStateProps = {
  /** What happened. */
  title: string;
  /** Why. */
  cause?: ReactNode;
  /** What to do next. */
  fix?: ReactNode;
  details?: ErrorDetails;
  /** Called by "Try again"; from a server component give `retryHref` instead. */
  onRetry?: () => void;
  retryHref?: string;
};

/** An error in its place: what happened, why, what to do next; SQLSTATE and position one click away. */
export function ErrorState({ title, cause, fix, details, onRetry, retryHref }: ErrorStateProps) {
  return (
    <div role="alert" className="flex gap-2.5 rounded-md border border-line bg-surface p-3">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-ink">{title}</p>
        {cause ? <p className="mt-0.5 whitespace-pre-wrap break-words text-ink-soft">{cause}</p> : null}
        {fix ? <p className="mt-0.5 whitespace-pre-wrap break-words text-ink-soft">{fix}</p> : null}
        {details ? <Details {...details} /> : null}
        {onRetry || retryHref !== undefined ? (
          <div className="mt-2.5">
            {onRetry ? (
              <Button size="small" onClick={onRetry}>
                <RotateCw aria-hidden />
                Try again
              </Button>
            ) : (
              <a href={retryHref} className={buttonStyle('secondary', 'small')}>
                <RotateCw aria-hidden />
                Try again
              </a>
            )}
          </div>
        ) : null}
      </div>
    </div>
  );
}

function Details({ sqlstate, position, code, text }: ErrorDetails) {
  const facts = [
    ['SQLSTATE', sqlstate],
    ['Position', position],
    ['Code', code],
  ].filter(([, value]) => value !== undefined);
  if (facts.length === 0 && !text) return null;
  return (
    <details className="mt-1.5 text-sm text-ink-soft">
      <summary className="w-fit cursor-pointer select-none hover:text-ink">Details</summary>
      <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-faint">{name}</dt>
            <dd className="font-mono">{value}</dd>
          </div>
        ))}
      </dl>
      {text ? <pre className="mt-1 whitespace-pre-wrap break-words font-mono">{text}</pre> : null}
    </details>
  );
}
