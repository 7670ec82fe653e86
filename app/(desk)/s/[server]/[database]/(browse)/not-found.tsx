import { EmptyState } from '@/components/ui/empty-state';

/** The tree beside it lives on, so that a relation that has gone is no dead end. */
export default function NotFound() {
  return (
    <>
      <h1 className="sr-only">Not found</h1>
      <EmptyState title="There is no such thing here">
        It may have been renamed, moved or dropped, or it is not for you. The list of relations can be read
        again.
      </EmptyState>
    </>
  );
}
