import { EmptyState } from '@/components/ui/empty-state';

/** Also what a server, run or database that is not for the viewer looks like. */
export default function NotFound() {
  return (
    <EmptyState title="There is no such page for you">
      The address may be wrong, or what it names was removed, or you have no access to it.
    </EmptyState>
  );
}
