import { Badge } from '@/components/ui/badge';
import { formatBytes } from '@/components/ui/format';
import type { RelationDetail, RelationIndex } from '@/lib/api-types';
import { Code, Comment, FactRow, FactsTable, Name, Section } from './section';

const columns = [
  { name: 'Index', width: '28%' },
  { name: 'Columns', width: '22%' },
  { name: 'Definition' },
  { name: 'Size', width: '90px' },
];

/** The indexes with their sizes; one that is not valid says so. */
export function IndexesSection({ relation: { indexes } }: { relation: RelationDetail }) {
  if (indexes.length === 0) return null;
  return (
    <Section title="Indexes" count={indexes.length}>
      <FactsTable caption="Indexes" columns={columns}>
        {indexes.map((index) => (
          <FactRow key={index.name}>
            <td>
              <span className="flex flex-wrap items-center gap-1">
                <Name>{index.name}</Name>
                <Marks index={index} />
              </span>
              <Comment text={index.comment} />
            </td>
            <td>
              <Name>{index.columns.join(', ')}</Name>
            </td>
            <td>
              <Code>{index.definition}</Code>
            </td>
            <td className="whitespace-nowrap text-ink-soft">
              {index.size_bytes === null ? '–' : formatBytes(index.size_bytes)}
            </td>
          </FactRow>
        ))}
      </FactsTable>
    </Section>
  );
}

function Marks({
  index: { is_primary: isPrimary, is_unique: isUnique, is_valid: isValid },
}: {
  index: RelationIndex;
}) {
  return (
    <>
      {isPrimary ? <Badge tone="accent">primary key</Badge> : null}
      {isUnique && !isPrimary ? <Badge>unique</Badge> : null}
      {isValid ? null : (
        <Badge tone="danger" title="It is not used: its building failed or goes on. Drop it, or REINDEX it.">
          not valid
        </Badge>
      )}
    </>
  );
}
