'use client';

import { useEffect, useState } from 'react';
import { Elapsed } from '@/components/query-desk/elapsed';
import { Button } from '@/components/ui/button';
import { SkeletonRows } from '@/components/ui/skeleton';

/** Quick pages do not flash. */
const patienceMs = 300;

export type RowsWaitProps = { since: number; onCancel: () => void };

/** Words, seconds and a way out, over rows that are about to change. */
export function RowsWait({ since, onCancel }: RowsWaitProps) {
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLate(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  if (!isLate) return null;
  return (
    <div className="absolute top-14 left-1/2 z-30 flex -translate-x-1/2 items-center gap-3 rounded-md border border-line bg-raised py-1 pr-1 pl-3 text-sm shadow-pop">
      <p className="whitespace-nowrap text-ink-soft">
        Reading rows, <Elapsed since={since} />
      </p>
      <Button size="small" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}

/** The shape of a page of rows that is on its way for the first time. */
export function RowsLoading() {
  return (
    <div className="h-full min-w-0 flex-1 overflow-hidden">
      <SkeletonRows rows={16} columns={6} label="Reading rows" />
    </div>
  );
}
