import { SkeletonRows } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <div className="p-4">
      <SkeletonRows rows={14} label="Loading the page" />
    </div>
  );
}
