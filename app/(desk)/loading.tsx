import { SkeletonRows } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <div className="p-4">
      <SkeletonRows label="Loading the page" />
    </div>
  );
}
