import { Badge } from '@/components/ui/badge';
import type { RelationDependency, RelationDetail } from '@/lib/api-types';
import { relationKinds } from '../../object-tree/kinds';
import type { DatabasePlace } from '../../shell/place';
import { RelationLink } from './constraints-section';
import { Code, FactRow, FactsTable, Name, Section } from './section';

export type RelativesProps = { place: DatabasePlace; relation: RelationDetail };

const referenceColumns = [
  { name: 'Relation', width: '28%' },
  { name: 'Columns' },
  { name: 'Constraint', width: '32%' },
];

/** The foreign keys that refer to the relation. */
export function ReferencedBySection({ place, relation: { referenced_by: references } }: RelativesProps) {
  if (references.length === 0) return null;
  return (
    <Section title="Referenced by" count={references.length}>
      <FactsTable caption="Foreign keys that refer to this relation" columns={referenceColumns}>
        {references.map((reference) => (
          <FactRow key={JSON.stringify([reference.schema, reference.relation, reference.constraint])}>
            <td>
              <RelationLink place={place} schema={reference.schema} relation={reference.relation} />
            </td>
            <td>
              <Code>
                ({reference.columns.join(', ')}) → ({reference.foreign_columns.join(', ')})
              </Code>
            </td>
            <td>
              <Name>{reference.constraint}</Name>
            </td>
          </FactRow>
        ))}
      </FactsTable>
    </Section>
  );
}

/** What a view reads, and which views read the relation. */
export function DependenciesSections({ place, relation }: RelativesProps) {
  const { depends_on: reads = [], used_by: readers } = relation;
  return (
    <>
      <Dependencies title="Reads" place={place} items={reads} />
      <Dependencies title="Read by views" place={place} items={readers} />
    </>
  );
}

type DependenciesProps = { title: string; place: DatabasePlace; items: readonly RelationDependency[] };

function Dependencies({ title, place, items }: DependenciesProps) {
  if (items.length === 0) return null;
  return (
    <Section title={title} count={items.length}>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 border-line border-y bg-surface px-4 py-2">
        {items.map(({ schema, relation, kind }) => (
          <li key={JSON.stringify([schema, relation])}>
            <RelationLink place={place} schema={schema} relation={relation} />{' '}
            <span className="text-ink-faint text-sm">{relationKinds[kind].one}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The enums that columns use, each with its labels in their order. */
export function EnumsSection({ relation: { columns } }: { relation: RelationDetail }) {
  const enums = columns.filter(({ enum_labels: labels }) => labels !== undefined);
  if (enums.length === 0) return null;
  return (
    <Section title="Enums used" count={enums.length}>
      <ul className="border-line border-y bg-surface">
        {enums.map(({ name, type, enum_labels: labels = [] }) => (
          <li
            key={name}
            className="flex flex-wrap items-center gap-1.5 border-line border-b px-4 py-1 last:border-b-0"
          >
            <Name>{name}</Name>
            <span className="text-ink-soft text-sm">
              is <Name>{type}</Name>:
            </span>
            {labels.map((label) => (
              <Badge key={label} className="font-mono">
                {label}
              </Badge>
            ))}
          </li>
        ))}
      </ul>
    </Section>
  );
}
