import { Lock } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import type { RelationColumn, RelationDetail } from '@/lib/api-types';
import { Code, Comment, FactRow, FactsTable, Name, Section } from './section';

const columns = [
  { name: 'Column', width: '22%' },
  { name: 'Type', width: '22%' },
  { name: 'NULL', width: '90px' },
  { name: 'Default', width: '26%' },
  { name: 'Comment' },
];

/** The columns in their order: type, whether NULL is refused, where values come from, comment. */
export function ColumnsSection({ relation }: { relation: RelationDetail }) {
  const keys = new Set(
    relation.constraints.filter(({ type }) => type === 'primary_key').flatMap((key) => key.columns),
  );
  const foreign = new Set(
    relation.constraints.filter(({ type }) => type === 'foreign_key').flatMap((key) => key.columns),
  );
  return (
    <Section title="Columns" count={relation.columns.length}>
      {relation.columns.length === 0 ? (
        <p className="border-line border-y px-4 py-2 text-ink-soft">
          A relation without columns: its rows hold nothing but that they are there.
        </p>
      ) : (
        <FactsTable caption="Columns" columns={columns}>
          {relation.columns.map((column) => (
            <FactRow key={column.name}>
              <td>
                <span className="flex flex-wrap items-center gap-1">
                  <Name>{column.name}</Name>
                  {column.is_masked ? (
                    <Badge tone="warning" title="Neither level may read it">
                      <Lock aria-hidden className="size-3" />
                      masked
                    </Badge>
                  ) : null}
                  {keys.has(column.name) ? <Badge tone="accent">primary key</Badge> : null}
                  {foreign.has(column.name) ? <Badge>foreign key</Badge> : null}
                </span>
              </td>
              <td>
                <Name>{column.type}</Name>
              </td>
              <td className="text-ink-soft">{column.nullable ? 'allowed' : 'not null'}</td>
              <td>
                <Origin column={column} />
              </td>
              <td>
                <Comment text={column.comment} />
              </td>
            </FactRow>
          ))}
        </FactsTable>
      )}
    </Section>
  );
}

/** Where a value comes from that nobody gives. */
function Origin({ column: { default: expression, identity, generated } }: { column: RelationColumn }) {
  return (
    <span className="flex flex-wrap items-center gap-1">
      {identity ? <Badge>identity, {identity === 'always' ? 'always' : 'by default'}</Badge> : null}
      {generated ? <Badge>generated, {generated}</Badge> : null}
      {expression === null ? null : <Code>{expression}</Code>}
    </span>
  );
}
