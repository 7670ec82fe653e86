import { SkeletonRows } from '@/components/ui/skeleton';
import { statusDecided } from '@/lib/page-status';

/** At once on a way within Howdah; a document that is loaded waits for its status. */
export default async function Loading() {
  await statusDecided();
  return (
    <div className="p-4">
      <SkeletonRows rows={14} label="Loading the page" />
    </div>
  );
}
