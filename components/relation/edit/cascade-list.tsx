import { formatCount } from '@/components/ui/format';
import type { Cascade, CascadeAction } from '@/lib/api-types';

const words: Record<CascadeAction, string> = {
  cascade: 'are deleted too',
  set_null: 'have their reference set to NULL',
  set_default: 'have their reference set to its default',
  restrict: 'refer to them: PostgreSQL will refuse the delete',
  no_action: 'refer to them: PostgreSQL will refuse the delete while they do',
};

/** What the deletes reach through foreign keys, in numbers. */
export function CascadeList({ cascades }: { cascades: readonly Cascade[] }) {
  if (cascades.length === 0) return null;
  return (
    <section aria-label="What the deletes reach" className="mb-3 rounded-md bg-danger-soft px-3 py-2">
      <ul className="flex flex-col gap-1">
        {cascades.map((cascade) => (
          <li key={`${cascade.through.map(({ relation }) => relation).join('>')} ${cascade.constraint}`}>
            <strong className="font-medium">{rowsInWords(cascade)}</strong> of{' '}
            <span className="font-mono">
              {cascade.schema}.{cascade.relation}
            </span>{' '}
            {words[cascade.action]}
            {cascade.through.length === 0 ? null : (
              <span className="text-ink-soft">
                {' '}
                (through {cascade.through.map(({ schema, relation }) => `${schema}.${relation}`).join(', ')})
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function rowsInWords({ rows, is_more: isMore }: Cascade): string {
  if (rows === null) return 'An unknown number of rows';
  return `${isMore ? 'More than ' : ''}${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'}`;
}
