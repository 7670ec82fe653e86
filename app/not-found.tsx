import { EmptyState } from '@/components/ui/empty-state';

export default function NotFound() {
  return (
    <main>
      <EmptyState title="There is no such page">The address may be wrong.</EmptyState>
    </main>
  );
}
