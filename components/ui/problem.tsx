import { clsx } from 'clsx';

/** What went wrong with the last call; nothing where nothing did. */
export function Problem({ text, className }: { text: string | null; className?: string }) {
  return (
    <p
      role="alert"
      className={clsx('whitespace-pre-wrap text-danger [overflow-wrap:anywhere] empty:hidden', className)}
    >
      {text}
    </p>
  );
}
