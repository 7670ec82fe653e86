import { Skeleton } from '@/components/ui/skeleton';

const lines = ['w-52', 'w-72', 'w-40', 'w-64'] as const;

/** The editor's shape while its code is on the way. */
export function EditorSkeleton() {
  return (
    <div role="status" className="h-full bg-surface py-2">
      <span className="sr-only">Loading the SQL editor</span>
      {lines.map((width, index) => (
        <div key={width} className="flex h-5 items-center gap-4 pl-4">
          <span aria-hidden className="w-4 text-right font-mono text-ink-faint text-sm">
            {index + 1}
          </span>
          <Skeleton className={width} />
        </div>
      ))}
    </div>
  );
}
