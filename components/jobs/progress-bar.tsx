import { clsx } from 'clsx';

export type ProgressBarProps = {
  /** 0…1, or null where it can't be known. */
  value: number | null;
  label: string;
  className?: string;
};

/** How far something is: a bar with its percentage, or one that only says that it goes on. */
export function ProgressBar({ value, label, className }: ProgressBarProps) {
  const percent = value === null ? null : Math.floor(value * 100);
  return (
    <span className={clsx('flex items-center gap-2', className)}>
      <span
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent ?? undefined}
        className="block h-1.5 min-w-10 flex-1 overflow-hidden rounded-full bg-line"
      >
        <span
          className={clsx(
            'block h-full rounded-full bg-accent transition-[width] duration-500',
            percent === null && 'w-full opacity-40 motion-safe:animate-pulse',
          )}
          style={percent === null ? undefined : { width: `${percent}%` }}
        />
      </span>
      <span className="w-9 text-right text-ink-soft text-sm">{percent === null ? '' : `${percent} %`}</span>
    </span>
  );
}
