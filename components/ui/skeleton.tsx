import { clsx } from 'clsx';

/** A grey bar where something will be. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span aria-hidden className={clsx('block h-3 rounded-sm bg-line motion-safe:animate-pulse', className)} />
  );
}

const widths = ['w-3/5', 'w-2/5', 'w-4/5', 'w-1/2', 'w-7/12'] as const;

export type SkeletonRowsProps = { rows?: number; columns?: number; label: string };

/** A table's shape while its rows are on their way; `label` says in words what is loading. */
export function SkeletonRows({ rows = 8, columns = 4, label }: SkeletonRowsProps) {
  return (
    <div role="status">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical bars that never move
        <div key={row} className="flex h-7 items-center gap-4 border-line border-b px-3">
          {Array.from({ length: columns }, (_, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: identical bars that never move
            <div key={column} className="flex-1">
              <Skeleton className={widths[(row + column) % widths.length]} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
